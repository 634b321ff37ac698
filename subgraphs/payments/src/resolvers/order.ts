import { isInternal, isProofOf } from '@souk/kit/auth';
import type { OrderResolvers } from '../__generated__/resolvers-types.js';
import type { PaymentRecord } from '../store/payments.js';
import type { Context } from './context.js';
import type { OrderModel } from './models.js';
import { toPaymentModel } from './payment-model.js';

export const Order: OrderResolvers = {
  __resolveReference: ({ id, readerProof }) => ({ id, readerProof: readerProof ?? null }),
  payment: async (order, _args, context) => {
    const payment = await context.payments.load(order.id);
    return payment && maySee(context, order, payment) ? toPaymentModel(payment) : null;
  },
};

/** Staff, the account that pays, and whoever orders has let read the order: a guest with its access token. */
function maySee(
  { viewer, internalSecret }: Context,
  { id, readerProof }: OrderModel,
  { customerId }: PaymentRecord,
): boolean {
  if (isInternal(viewer) || isProofOf(`order-reader:${id}`, readerProof, internalSecret)) return true;
  return viewer.kind === 'user' && viewer.userId === customerId;
}
