import { DateTimeScalar } from '@souk/kit/graphql';
import type { Resolvers } from '../__generated__/resolvers-types.js';
import { Mutation } from './mutation.js';
import { ProductVariant } from './product-variant.js';
import { Query } from './query.js';
import { StockError } from './stock-error.js';
import { StockItem } from './stock-item.js';
import { StockItemConnection } from './stock-item-connection.js';
import { StockReservation } from './stock-reservation.js';
import { Subscription } from './subscription.js';

export const resolvers: Resolvers = {
  DateTime: DateTimeScalar,
  Query,
  Mutation,
  Subscription,
  ProductVariant,
  StockItem,
  StockItemConnection,
  StockReservation,
  StockError,
};
