import { COMPLETE_CHALLENGE, PAYMENT_CHALLENGE, type PaymentChallenge } from './documents.js';
import type { GraphClient, Identity } from './graph-client.js';

/** Where shoppers confirm payments that their bank asks about. */
export interface Bank {
  /** Answers the question about an order's payment, if there is one. Nobody is told how that went. */
  answer(orderId: string, approve: boolean): Promise<void>;
}

/** @param staff finds out what is asked; a shopper is sent to the bank's page, which knows */
export const createBank = (graph: GraphClient, staff: Identity): Bank => ({
  async answer(orderId, approve) {
    const reply = await graph.ask<PaymentChallenge>(PAYMENT_CHALLENGE, { id: orderId }, staff);
    const challengeId = reply.answered ? reply.data.order?.payment?.challenge?.id : undefined;
    if (challengeId !== undefined) await graph.ask(COMPLETE_CHALLENGE, { input: { challengeId, approve } });
  },
});
