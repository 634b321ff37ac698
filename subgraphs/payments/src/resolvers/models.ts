import type { Money } from '../domain/intent.js';
import type { PaymentStatus } from '../__generated__/resolvers-types.js';

/** An order as payments knows it. */
export interface OrderModel {
  readonly id: string;
}

/** A payment that the provider has decided about. */
export interface PaymentModel {
  readonly id: string;
  readonly status: PaymentStatus;
  readonly amount: Money;
  readonly declineReason: string | null;
  readonly updatedAt: Date;
}
