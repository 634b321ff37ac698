import {
  type Authorization,
  type FollowUpCall,
  type PaymentProvider,
  type ProviderCall,
  ProviderUnavailable,
} from '../payment-provider.js';
import type { ApiAnswer, CallApi } from './api-client.js';
import {
  type WirePayment,
  type WireRefund,
  declineOf,
  wirePayment,
  wirePayments,
  wireRefund,
  wireRefunds,
} from './wire.js';

/** What {@link createHttpProvider} needs. */
export interface HttpProviderOptions {
  readonly call: CallApi;
  /** Where the shopper's bank sends the shopper after a challenge. */
  readonly returnUrl?: string | undefined;
}

/**
 * A provider that speaks as Stripe does: payment intents that are captured by hand, and refunds. Only a token that the
 * provider's form made ever passes through here.
 *
 * @example createHttpProvider({ call: createApiClient({ url: 'https://api.stripe.com', secretKey }) })
 */
export function createHttpProvider({ call, returnUrl }: HttpProviderOptions): PaymentProvider {
  const pathOf = (reference: string, action = ''): string =>
    `/v1/payment_intents/${encodeURIComponent(reference)}${action}`;
  const lookUp = async (reference: string, signal: AbortSignal): Promise<WirePayment> => {
    const answer = await call({ path: pathOf(reference), signal, schema: wirePayment });
    if (answer.ok) return answer.value;
    throw new ProviderUnavailable(`The payment provider does not know its own payment ${reference}.`);
  };
  /** A repeated call gets the first answer again: one that was not final then may be so now. */
  const settled = async (payment: WirePayment, signal: AbortSignal): Promise<WirePayment> =>
    payment.status === 'processing' ? lookUp(payment.id, signal) : payment;
  /** What a call did that the provider itself cannot tell of any more. */
  const search = async (orderId: string, signal: AbortSignal): Promise<WirePayment> => {
    const query = new URLSearchParams({ query: `metadata['order_id']:'${orderId.replaceAll("'", "\\'")}'` });
    const path = `/v1/payment_intents/search?${query.toString()}`;
    const found = await call({ path, signal, schema: wirePayments });
    const [payment] = found.ok ? found.value.data : [];
    if (payment) return payment;
    throw new ProviderUnavailable(
      `The payment provider broke over order ${orderId}, and has no payment of it.`,
    );
  };
  const searchRefund = async (
    reference: string,
    refundId: string,
    signal: AbortSignal,
  ): Promise<WireRefund> => {
    const path = `/v1/refunds?${new URLSearchParams({ payment_intent: reference, limit: '100' }).toString()}`;
    const found = await call({ path, signal, schema: wireRefunds });
    const refunds = found.ok ? found.value.data : [];
    const refund = refunds.find(({ metadata }) => metadata['refund_id'] === refundId);
    if (refund) return refund;
    throw new ProviderUnavailable(`The payment provider broke over refund ${refundId}, and has none of it.`);
  };
  const act = (action: string, { reference, idempotencyKey, signal }: FollowUpCall) =>
    call({ path: pathOf(reference, action), form: {}, idempotencyKey, signal, schema: wirePayment });
  const stateAfter = async (
    answer: ApiAnswer<WirePayment>,
    { reference, signal }: FollowUpCall,
  ): Promise<WirePayment['status'] | undefined> => {
    if (answer.ok) return (await settled(answer.value, signal)).status;
    return answer.isStuck ? (await lookUp(reference, signal)).status : answer.error.payment_intent?.status;
  };

  return {
    async authorize({ orderId, amount, paymentToken, idempotencyKey, signal }) {
      const form = {
        amount: String(amount.amountMinor),
        currency: amount.currency.toLowerCase(),
        payment_method: paymentToken,
        capture_method: 'manual',
        confirm: 'true',
        'metadata[order_id]': orderId,
        ...(returnUrl === undefined ? {} : { return_url: returnUrl }),
      };
      const path = '/v1/payment_intents';
      const answer = await call({ path, form, idempotencyKey, signal, schema: wirePayment });
      if (answer.ok) return authorizationOf(await settled(answer.value, signal));
      return answer.isStuck
        ? authorizationOf(await search(orderId, signal))
        : { outcome: 'DECLINED', decline: declineOf(answer.error) };
    },
    lookUp: async ({ reference, signal }) => authorizationOf(await lookUp(reference, signal)),
    async capture(wish) {
      const answer = await act('/capture', wish);
      const status = await stateAfter(answer, wish);
      if (status === 'succeeded') return { outcome: 'CAPTURED' };
      if (answer.ok || (answer.isStuck && status !== 'canceled')) throw undecided(wish, status);
      return { outcome: 'REFUSED', reason: answer.error.message ?? 'The amount cannot be taken.' };
    },
    async void(wish) {
      const answer = await act('/cancel', wish);
      const status = await stateAfter(answer, wish);
      if (status === 'succeeded') return { outcome: 'CAPTURED' };
      if (status === 'canceled' || (!answer.ok && answer.status === 404)) return { outcome: 'RELEASED' };
      throw undecided(wish, status);
    },
    async refund({ orderId, reference, refundId, reason, amount, idempotencyKey, signal }) {
      const form = {
        payment_intent: reference,
        amount: String(amount.amountMinor),
        'metadata[order_id]': orderId,
        'metadata[refund_id]': refundId,
        'metadata[reason]': reason.slice(0, 500),
      };
      const answer = await call({ path: '/v1/refunds', form, idempotencyKey, signal, schema: wireRefund });
      if (!answer.ok && answer.isStuck) return refundOf(await searchRefund(reference, refundId, signal));
      if (!answer.ok) {
        return { outcome: 'REFUSED', reason: answer.error.message ?? 'The money cannot be given back.' };
      }
      if (answer.value.status !== 'pending') return refundOf(answer.value);
      const path = `/v1/refunds/${encodeURIComponent(answer.value.id)}`;
      const now = await call({ path, signal, schema: wireRefund });
      return now.ok ? refundOf(now.value) : { outcome: 'PENDING' };
    },
  };
}

const undecided = ({ orderId }: ProviderCall, status: string | undefined): ProviderUnavailable =>
  new ProviderUnavailable(
    `The payment provider leaves the payment of order ${orderId} as ${status ?? 'unknown'}.`,
  );

/** What a payment's state means for us. @throws ProviderUnavailable while it is not decided */
export function authorizationOf(payment: WirePayment): Authorization {
  const { id: reference, status } = payment;
  switch (status) {
    case 'requires_capture':
    case 'succeeded':
      return { outcome: 'APPROVED', reference };
    case 'requires_payment_method':
      return { outcome: 'DECLINED', decline: declineOf(payment.last_payment_error) };
    case 'canceled':
      return { outcome: 'GONE', reason: 'The payment was cancelled at the provider.' };
    case 'requires_action': {
      const url = payment.next_action?.redirect_to_url?.url;
      if (url !== undefined) return { outcome: 'CHALLENGED', reference, url };
      throw new ProviderUnavailable(
        'The payment provider wants the shopper to confirm, but names no page. Set PAYMENT_RETURN_URL.',
      );
    }
    case 'processing':
    case 'requires_confirmation':
      throw new ProviderUnavailable(`The payment ${reference} is still ${status}.`);
  }
}

/** What a refund's state means for us. */
export function refundOf({ status }: WireRefund): Awaited<ReturnType<PaymentProvider['refund']>> {
  switch (status) {
    case 'succeeded':
      return { outcome: 'REFUNDED' };
    case 'failed':
    case 'canceled':
      return { outcome: 'REFUSED', reason: 'The bank did not take the money back.' };
    case 'pending':
    case 'requires_action':
      return { outcome: 'PENDING' };
  }
}
