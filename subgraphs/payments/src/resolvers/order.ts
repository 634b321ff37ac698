import { isInternal, type Viewer } from '@souk/kit/auth';
import type { OrderResolvers } from '../__generated__/resolvers-types.js';
import type { PaymentRecord } from '../store/payments.js';
import { toPaymentModel } from './payment-model.js';

export const Order: OrderResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  payment: async ({ id }, _args, { payments, viewer }) => {
    const payment = await payments.load(id);
    return payment && maySee(viewer, payment) ? toPaymentModel(payment) : null;
  },
};

const maySee = (viewer: Viewer, { customerId }: PaymentRecord): boolean =>
  isInternal(viewer) || (viewer.kind === 'user' && viewer.userId === customerId);
