import type { RequestContext } from '@souk/kit/subgraph';
import type DataLoader from 'dataloader';
import type { CommandDeps } from '../commands/command-deps.js';
import type { PaymentRecord } from '../store/payments.js';

/** What resolvers get. */
export interface Context extends RequestContext {
  /** What orders proves readers with: see `Order.readerProof`. */
  readonly internalSecret: string;
  /** What mutations need. */
  readonly deps: CommandDeps;
  /** Payments by order id, each read once an operation. */
  readonly payments: DataLoader<string, PaymentRecord | null>;
}
