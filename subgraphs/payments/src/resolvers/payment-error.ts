import type { PaymentErrorResolvers } from '../__generated__/resolvers-types.js';

export const PaymentError: PaymentErrorResolvers = {
  __resolveType({ code }) {
    if (code === 'REFUND_EXCEEDS_CAPTURED') return 'RefundExceedsCapturedError';
    return code === 'IDEMPOTENCY_CONFLICT' ? 'PaymentIdempotencyConflictError' : 'InvalidPaymentInputError';
  },
};
