import { DateTimeScalar } from '@souk/kit/graphql';
import type { Resolvers } from '../__generated__/resolvers-types.js';
import { Mutation } from './mutation.js';
import { Order } from './order.js';
import { PaymentError } from './payment-error.js';
import { Query } from './query.js';

export const resolvers: Resolvers = { DateTime: DateTimeScalar, Query, Mutation, Order, PaymentError };
