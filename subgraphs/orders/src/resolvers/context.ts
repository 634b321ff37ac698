import type { RequestContext } from '@souk/kit/subgraph';
import type DataLoader from 'dataloader';
import type { CommandDeps } from '../commands/command-deps.js';
import type { OrderRecord } from '../domain/order-record.js';
import type { OwnedCart } from '../store/carts.js';
import type { SagaHistory } from '../store/read-sagas.js';

/** What resolvers get. */
export interface Context extends RequestContext {
  readonly deps: CommandDeps;
  /** Orders by id, each read once an operation. */
  readonly orders: DataLoader<string, OrderRecord | null>;
  /** What happened to the steps of orders, by the order's id. */
  readonly sagaHistories: DataLoader<string, SagaHistory | null>;
  /** Carts by id, each read once an operation. */
  readonly carts: DataLoader<string, OwnedCart | null>;
}
