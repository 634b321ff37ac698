import type { Intent } from '../domain/intent.js';
import type { IntentCommand } from '../domain/intent-command.js';
import { pendingRefund } from '../domain/refund.js';
import {
  type Authorization,
  type FollowUpCall,
  type PaymentProvider,
  idempotencyKeyOf,
} from './payment-provider.js';

/**
 * Asks the provider for what a payment needs next.
 *
 * @returns the provider's answer as a command for the payment; undefined if it has to be asked again later, or if
 * nothing was to be done
 * @throws whatever the provider rejects with: ask again later
 */
export async function perform(
  provider: PaymentProvider,
  { orderId, intent }: { readonly orderId: string; readonly intent: Intent },
  signal: AbortSignal,
): Promise<IntentCommand | undefined> {
  const { operation, charge, providerReference: reference } = intent;
  if (!operation || !charge) return undefined;
  const { amount, paymentToken } = charge;
  const call = { orderId, amount, idempotencyKey: idempotencyKeyOf(orderId, operation), signal };
  if (operation === 'AUTHORIZE') {
    return reportOf(await provider.authorize({ ...call, paymentToken }));
  }
  if (reference === null) {
    throw new Error(`The payment of order ${orderId} was authorised without a reference.`);
  }
  return followUp(provider, operation, { ...call, reference }, intent);
}

async function followUp(
  provider: PaymentProvider,
  operation: 'LOOK_UP' | 'CAPTURE' | 'VOID' | 'REFUND',
  call: FollowUpCall,
  intent: Intent,
): Promise<IntentCommand | undefined> {
  switch (operation) {
    case 'LOOK_UP': {
      const answer = await provider.lookUp(call);
      return answer.outcome === 'CHALLENGED' ? undefined : reportOf(answer);
    }
    case 'CAPTURE': {
      const answer = await provider.capture(call);
      return answer.outcome === 'CAPTURED'
        ? { type: 'ReportCaptured' }
        : { type: 'ReportHoldGone', reason: answer.reason };
    }
    case 'VOID': {
      const answer = await provider.void(call);
      return answer.outcome === 'CAPTURED'
        ? { type: 'ReportCaptured' }
        : { type: 'ReportHoldGone', reason: 'It was let go.' };
    }
    case 'REFUND':
      return refund(provider, call, intent);
  }
}

function reportOf(answer: Authorization): IntentCommand {
  switch (answer.outcome) {
    case 'APPROVED':
      return { type: 'ReportAuthorized', reference: answer.reference };
    case 'DECLINED':
      return { type: 'ReportDeclined', decline: answer.decline };
    case 'CHALLENGED':
      return { type: 'ReportChallenged', reference: answer.reference, url: answer.url };
    case 'GONE':
      return { type: 'ReportHoldGone', reason: answer.reason };
  }
}

async function refund(
  provider: PaymentProvider,
  call: FollowUpCall,
  intent: Intent,
): Promise<IntentCommand | undefined> {
  const wanted = pendingRefund(intent);
  if (!wanted) return undefined;
  const { id: refundId, amountMinor, reason } = wanted;
  const answer = await provider.refund({
    ...call,
    amount: { ...call.amount, amountMinor },
    idempotencyKey: idempotencyKeyOf(call.orderId, 'REFUND', refundId),
    refundId,
    reason,
  });
  switch (answer.outcome) {
    case 'REFUNDED':
      return { type: 'ReportRefunded', refundId };
    case 'REFUSED':
      return { type: 'ReportRefundRefused', refundId, reason: answer.reason };
    case 'PENDING':
      return undefined;
  }
}
