import type { Money } from '../domain/intent.js';
import type { PaymentErrorCode, PaymentStatus, RefundStatus } from '../__generated__/resolvers-types.js';

/** An order as payments knows it. */
export interface OrderModel {
  readonly id: string;
  /** What orders gives along for whoever may read the order; null if it was not asked. */
  readonly readerProof: string | null;
}

/** A refund, in its payment's currency. */
export interface RefundModel {
  readonly id: string;
  readonly amount: Money;
  readonly reason: string;
  readonly status: RefundStatus;
  readonly refusal: string | null;
  readonly createdAt: Date;
}

/** A payment that the provider has answered about. */
export interface PaymentModel {
  readonly id: string;
  readonly status: PaymentStatus;
  readonly amount: Money;
  readonly capturedAmount: Money;
  readonly refundedAmount: Money;
  readonly declineReason: string | null;
  readonly challenge: { readonly id: string; readonly url: string } | null;
  readonly refunds: readonly RefundModel[];
  readonly updatedAt: Date;
}

/** An expected refusal; `code` decides its type. */
export interface PaymentErrorModel {
  readonly code: PaymentErrorCode;
  readonly message: string;
  readonly path: readonly string[];
  /** Only with REFUND_EXCEEDS_CAPTURED. */
  readonly refundable?: Money;
}
