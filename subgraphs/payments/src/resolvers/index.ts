import { DateTimeScalar } from '@souk/kit/graphql';
import type { Resolvers } from '../__generated__/resolvers-types.js';
import { Order } from './order.js';

export const resolvers: Resolvers = { DateTime: DateTimeScalar, Order };
