import { z } from 'zod';
import type { IntentCommand } from '../../domain/intent-command.js';
import type { PaymentTask } from '../../store/apply-commands.js';
import { refundOf } from './http-provider.js';
import { declineOf, wirePayment, wireRefund } from './wire.js';

/** The envelope of every webhook. */
export const webhookEvent = z.object({
  id: z.string().min(1),
  type: z.string(),
  data: z.object({ object: z.unknown() }),
});
export type WebhookEvent = z.infer<typeof webhookEvent>;

/**
 * What a webhook means for a payment of ours; undefined for one that is none of our business. It may come before the
 * answer to the call that caused it, late, twice or never: payments take it as a report like any other.
 */
export function taskOfWebhook({ type, data }: WebhookEvent): PaymentTask | undefined {
  if (type.startsWith('payment_intent.')) return taskOfPayment(type, data.object);
  if (type.startsWith('refund.') || type === 'charge.refund.updated') return taskOfRefund(data.object);
  return undefined;
}

function taskOfPayment(type: string, object: unknown): PaymentTask | undefined {
  const { data: payment } = wirePayment.safeParse(object);
  const orderId = payment?.metadata['order_id'];
  if (!payment || orderId === undefined) return undefined;
  const command = commandOf(type, payment);
  return command && { orderId, command };
}

/** By the type and not by the object's state: the type tells what happened, and happened once. */
function commandOf(type: string, payment: z.infer<typeof wirePayment>): IntentCommand | undefined {
  const reference = payment.id;
  switch (type) {
    case 'payment_intent.amount_capturable_updated':
      return { type: 'ReportAuthorized', reference };
    case 'payment_intent.payment_failed':
      return { type: 'ReportDeclined', decline: declineOf(payment.last_payment_error) };
    case 'payment_intent.requires_action': {
      const url = payment.next_action?.redirect_to_url?.url;
      return url === undefined ? undefined : { type: 'ReportChallenged', reference, url };
    }
    case 'payment_intent.succeeded':
      return { type: 'ReportCaptured' };
    case 'payment_intent.canceled':
      return { type: 'ReportHoldGone', reason: 'The payment was cancelled at the provider.' };
    default:
      return undefined;
  }
}

function taskOfRefund(object: unknown): PaymentTask | undefined {
  const { data: refund } = wireRefund.safeParse(object);
  const { order_id: orderId, refund_id: refundId } = refund?.metadata ?? {};
  if (!refund || orderId === undefined || refundId === undefined) return undefined;
  const answer = refundOf(refund);
  if (answer.outcome === 'PENDING') return undefined;
  const command: IntentCommand =
    answer.outcome === 'REFUNDED'
      ? { type: 'ReportRefunded', refundId }
      : { type: 'ReportRefundRefused', refundId, reason: answer.reason };
  return { orderId, command };
}
