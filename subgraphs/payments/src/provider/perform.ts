import type { Intent } from '../domain/intent.js';
import type { IntentCommand } from '../domain/intent-command.js';
import { type PaymentProvider, idempotencyKeyOf } from './payment-provider.js';

/**
 * Asks the provider for what a payment needs next.
 *
 * @returns the provider's answer as a command for the payment; undefined if nothing was to be done
 * @throws whatever the provider rejects with: ask again later
 */
export async function perform(
  provider: PaymentProvider,
  { orderId, intent }: { readonly orderId: string; readonly intent: Intent },
  signal: AbortSignal,
): Promise<IntentCommand | undefined> {
  const { operation, charge, providerReference: reference } = intent;
  if (!operation || !charge) return undefined;
  const call = {
    orderId,
    amount: charge.amount,
    idempotencyKey: idempotencyKeyOf(orderId, operation),
    signal,
  };
  if (operation === 'AUTHORIZE') {
    const answer = await provider.authorize({ ...call, paymentToken: charge.paymentToken });
    return answer.approved
      ? { type: 'ReportAuthorized', reference: answer.reference }
      : { type: 'ReportDeclined', reason: answer.reason };
  }
  if (reference === null)
    throw new Error(`The payment of order ${orderId} was authorised without a reference.`);
  switch (operation) {
    case 'CAPTURE':
      await provider.capture({ ...call, reference });
      return { type: 'ReportCaptured' };
    case 'VOID':
      await provider.void({ ...call, reference });
      return { type: 'ReportVoided' };
    case 'REFUND':
      await provider.refund({ ...call, reference });
      return { type: 'ReportRefunded' };
  }
}
