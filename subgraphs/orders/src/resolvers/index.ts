import { DateTimeScalar } from '@souk/kit/graphql';
import type { Resolvers } from '../__generated__/resolvers-types.js';
import { Cart } from './cart.js';
import { CartLine } from './cart-line.js';
import { CheckoutError } from './checkout-error.js';
import { Mutation } from './mutation.js';
import { Order } from './order.js';
import { OrderConnection } from './order-connection.js';
import { OrderLine } from './order-line.js';
import { Query } from './query.js';
import { Saga } from './saga.js';
import { SagaConnection } from './saga-connection.js';
import { Subscription } from './subscription.js';

export const resolvers: Resolvers = {
  Cart,
  CartLine,
  CheckoutError,
  DateTime: DateTimeScalar,
  Mutation,
  Order,
  OrderConnection,
  OrderLine,
  Query,
  Saga,
  SagaConnection,
  Subscription,
};
