import { isInternal, type Viewer } from '@souk/kit/auth';
import type { OrderResolvers } from '../__generated__/resolvers-types.js';
import type { PaymentRecord } from '../store/payments.js';
import type { PaymentModel } from './models.js';

export const Order: OrderResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  payment: async ({ id }, _args, { payments, viewer }) => {
    const payment = await payments.load(id);
    return payment && maySee(viewer, payment) ? toModel(payment) : null;
  },
};

const maySee = (viewer: Viewer, { customerId }: PaymentRecord): boolean =>
  isInternal(viewer) || (viewer.kind === 'user' && viewer.userId === customerId);

/** Null until the provider has decided, and for one that was undone before its amount was known. */
function toModel({
  id,
  status,
  amountMinor,
  currency,
  declineReason,
  updatedAt,
}: PaymentRecord): PaymentModel | null {
  if (status === 'NEW' || status === 'REQUESTED' || amountMinor === null || currency === null) return null;
  return { id, status, amount: { amountMinor, currency }, declineReason, updatedAt };
}
