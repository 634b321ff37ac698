import { DateTimeScalar, JsonScalar } from '@souk/kit/graphql';
import type { Resolvers } from '../__generated__/resolvers-types.js';
import { EventLogConnection } from './event-log-connection.js';
import { LoggedEvent } from './logged-event.js';
import { Mutation } from './mutation.js';
import { OrderPart, OrderSnapshot, OrderSnapshotLine } from './order-snapshot.js';
import { Query } from './query.js';
import { SalesDay } from './sales-day.js';
import { DateScalar, SafeIntScalar } from './scalars.js';
import { TopProduct } from './top-product.js';

export const resolvers: Resolvers = {
  Date: DateScalar,
  DateTime: DateTimeScalar,
  JSON: JsonScalar,
  SafeInt: SafeIntScalar,
  Query,
  Mutation,
  EventLogConnection,
  LoggedEvent,
  OrderPart,
  OrderSnapshot,
  OrderSnapshotLine,
  SalesDay,
  TopProduct,
};
