import { requireRole } from '@souk/kit/auth';
import type { QueryResolvers } from '../__generated__/resolvers-types.js';
import { TEST_TOKENS } from '../provider/sandbox/test-tokens.js';
import { toPaymentModel } from './payment-model.js';

export const Query: QueryResolvers = {
  async payment(_parent, { orderId }, { payments, viewer }) {
    requireRole(viewer, 'STAFF');
    const payment = await payments.load(orderId);
    return payment && toPaymentModel(payment);
  },
  async paymentDrill(_parent, _args, { deps, viewer }) {
    requireRole(viewer, 'STAFF');
    return (await deps.drills?.current()) ?? null;
  },
  arePaymentDrillsAllowed(_parent, _args, { deps, viewer }) {
    requireRole(viewer, 'STAFF');
    return deps.drills !== undefined;
  },
  paymentTestTokens: (_parent, _args, { deps }) => (deps.ledger ? TEST_TOKENS : []),
};
