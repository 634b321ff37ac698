import { z } from 'zod';
import type { Decline } from '../../domain/intent.js';

const problem = z.object({
  type: z.string().optional(),
  code: z.string().nullish(),
  decline_code: z.string().nullish(),
  param: z.string().nullish(),
  message: z.string().nullish(),
});
export type WireProblem = z.infer<typeof problem>;

/** A payment as the provider tells of it; only what is used here. */
export const wirePayment = z.object({
  id: z.string().min(1),
  status: z.enum([
    'requires_payment_method',
    'requires_confirmation',
    'requires_action',
    'processing',
    'requires_capture',
    'canceled',
    'succeeded',
  ]),
  metadata: z.record(z.string(), z.string()).default({}),
  next_action: z.object({ redirect_to_url: z.object({ url: z.string() }).nullish() }).nullish(),
  last_payment_error: problem.nullish(),
});
export type WirePayment = z.infer<typeof wirePayment>;

/** A refund as the provider tells of it. */
export const wireRefund = z.object({
  id: z.string().min(1),
  status: z.enum(['pending', 'requires_action', 'succeeded', 'failed', 'canceled']),
  metadata: z.record(z.string(), z.string()).default({}),
});
export type WireRefund = z.infer<typeof wireRefund>;

/** A page of either. */
export const wirePayments = z.object({ data: z.array(wirePayment) });
export const wireRefunds = z.object({ data: z.array(wireRefund) });

/** What comes with a status of 4xx or 5xx. */
export const wireError = z.object({
  error: problem.extend({ payment_intent: wirePayment.nullish() }),
});
export type WireError = z.infer<typeof wireError>['error'];

const CODES: Readonly<Record<string, Decline['code']>> = {
  insufficient_funds: 'INSUFFICIENT_FUNDS',
  expired_card: 'EXPIRED_CARD',
  payment_intent_authentication_failure: 'CHALLENGE_FAILED',
  resource_missing: 'INVALID_TOKEN',
};

/** Why a payment was declined; the provider's words are meant for shoppers. */
export const declineOf = (cause: WireProblem | null | undefined): Decline => ({
  code:
    CODES[cause?.decline_code ?? ''] ??
    CODES[cause?.code ?? ''] ??
    (cause?.param === 'payment_method' ? 'INVALID_TOKEN' : 'DECLINED'),
  reason: cause?.message ?? 'The payment was declined.',
});
