import type { RequestContext } from '@souk/kit/subgraph';
import type DataLoader from 'dataloader';
import type { PaymentRecord } from '../store/payments.js';

/** What resolvers get. */
export interface Context extends RequestContext {
  /** Payments by order id, each read once an operation. */
  readonly payments: DataLoader<string, PaymentRecord | null>;
}
