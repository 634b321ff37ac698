import { requireRole } from '@souk/kit/auth';
import type { MutationResolvers } from '../__generated__/resolvers-types.js';
import { completeChallenge } from '../commands/complete-challenge.js';
import { refundPayment } from '../commands/refund-payment.js';
import { DEFAULT_DRILL_S, setDrill } from '../commands/set-drill.js';
import { challengePayload, drillPayload, refundPayload } from './payloads.js';

export const Mutation: MutationResolvers = {
  async refundPayment(_parent, { input }, { deps, viewer, payments }) {
    const { userId } = requireRole(viewer, 'STAFF');
    const result = await refundPayment(deps, { ...input, userId });
    // The loader may hold the payment as it was.
    payments.clear(input.orderId);
    return refundPayload(result, await payments.load(input.orderId));
  },
  async completePaymentChallenge(_parent, { input: { challengeId, approve } }, { deps }) {
    return challengePayload(await completeChallenge(deps, challengeId, approve));
  },
  async setPaymentDrill(_parent, { input: { mode, seconds } }, { deps, viewer }) {
    requireRole(viewer, 'STAFF');
    return drillPayload(await setDrill(deps, mode ?? null, seconds ?? DEFAULT_DRILL_S));
  },
};
