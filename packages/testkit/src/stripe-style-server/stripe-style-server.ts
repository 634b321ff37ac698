import { createHmac, randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A payment as the server keeps it. */
export interface HeldPayment {
  readonly id: string;
  status: string;
  readonly amount: number;
  readonly currency: string;
  readonly metadata: Record<string, string>;
  amount_received: number;
  amount_refunded: number;
  next_action: { readonly redirect_to_url: { readonly url: string } } | null;
  last_payment_error: Record<string, string> | null;
}
interface HeldRefund {
  readonly id: string;
  status: string;
  readonly amount: number;
  readonly payment_intent: string;
  readonly metadata: Record<string, string>;
}
interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** Goes wrong for one call: before anything is done, or after it, when only the answer is lost. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: number }
  | { readonly kind: 'lost-answer' }
  /** It was done, and 500 is the answer to this key from now on. */
  | { readonly kind: 'stuck' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'cut' };

export const SECRET_KEY = 'sk_test_souk';
export const WEBHOOK_SECRET = 'whsec_souk';

/**
 * A provider that speaks as Stripe's API does, in memory: idempotency keys with replay and conflict, forms, payment
 * intents captured by hand, refunds, signed webhooks. Knows the tokens pm_ok, pm_declined, pm_poor, pm_challenge.
 */
export async function startStripeStyleServer() {
  const payments = new Map<string, HeldPayment>();
  const refunds = new Map<string, HeldRefund>();
  const replies = new Map<string, { readonly request: string; readonly reply: Reply }>();
  const faults: Fault[] = [];
  const requests: { method: string; path: string; key: string | undefined; form: Record<string, string> }[] =
    [];
  const webhooks: {
    readonly id: string;
    readonly type: string;
    readonly data: { readonly object: unknown };
  }[] = [];
  const notify = (type: string, object: unknown): void => {
    webhooks.push({ id: `evt_${randomUUID()}`, type, data: { object: structuredClone(object) } });
  };

  const create = (form: Record<string, string>): Reply => {
    const token = form['payment_method'];
    const payment: HeldPayment = {
      id: `pi_${randomUUID()}`,
      status: 'requires_capture',
      amount: Number(form['amount']),
      currency: form['currency'] ?? '',
      metadata: { order_id: form['metadata[order_id]'] ?? '' },
      amount_received: 0,
      amount_refunded: 0,
      next_action: null,
      last_payment_error: null,
    };
    if (form['capture_method'] !== 'manual' || form['confirm'] !== 'true') return invalid('capture_method');
    if (token === 'pm_declined' || token === 'pm_poor') {
      const error = {
        type: 'card_error',
        code: 'card_declined',
        decline_code: token === 'pm_poor' ? 'insufficient_funds' : 'generic_decline',
        message: token === 'pm_poor' ? 'Your card has insufficient funds.' : 'Your card was declined.',
      };
      const failed = { ...payment, status: 'requires_payment_method', last_payment_error: error };
      payments.set(payment.id, failed);
      notify('payment_intent.payment_failed', failed);
      return { status: 402, body: { error: { ...error, payment_intent: failed } } };
    }
    if (token === 'pm_challenge') {
      payment.status = 'requires_action';
      payment.next_action = { redirect_to_url: { url: `https://bank.test/${payment.id}` } };
    } else if (token !== 'pm_ok') {
      return invalid('payment_method', 'resource_missing', 'No such PaymentMethod.');
    }
    payments.set(payment.id, payment);
    notify(
      payment.status === 'requires_action'
        ? 'payment_intent.requires_action'
        : 'payment_intent.amount_capturable_updated',
      payment,
    );
    return { status: 200, body: payment };
  };
  const invalid = (param: string, code = 'parameter_invalid', message = 'Invalid.'): Reply => ({
    status: 400,
    body: { error: { type: 'invalid_request_error', code, param, message } },
  });
  const unexpected = (payment: HeldPayment): Reply => ({
    status: 400,
    body: {
      error: {
        type: 'invalid_request_error',
        code: 'payment_intent_unexpected_state',
        message: `This PaymentIntent has a status of ${payment.status}.`,
        payment_intent: payment,
      },
    },
  });
  const capture = (payment: HeldPayment): Reply => {
    if (payment.status !== 'requires_capture') return unexpected(payment);
    payment.status = 'succeeded';
    payment.amount_received = payment.amount;
    notify('payment_intent.succeeded', payment);
    return { status: 200, body: payment };
  };
  const cancel = (payment: HeldPayment): Reply => {
    if (!['requires_capture', 'requires_action'].includes(payment.status)) return unexpected(payment);
    payment.status = 'canceled';
    notify('payment_intent.canceled', payment);
    return { status: 200, body: payment };
  };
  const refund = (form: Record<string, string>): Reply => {
    const payment = payments.get(form['payment_intent'] ?? '');
    const amount = Number(form['amount']);
    if (!payment || payment.status !== 'succeeded') return invalid('payment_intent');
    if (payment.amount_refunded + amount > payment.amount_received) {
      return invalid('amount', 'charge_already_refunded', 'Refund amount is greater than unrefunded amount.');
    }
    payment.amount_refunded += amount;
    const made: HeldRefund = {
      id: `re_${randomUUID()}`,
      status: form['metadata[reason]'] === 'Slow bank.' ? 'pending' : 'succeeded',
      amount,
      payment_intent: payment.id,
      metadata: {
        order_id: form['metadata[order_id]'] ?? '',
        refund_id: form['metadata[refund_id]'] ?? '',
      },
    };
    refunds.set(made.id, made);
    notify('refund.updated', made);
    return { status: 200, body: { ...made } };
  };
  const route = (method: string, path: string, form: Record<string, string>): Reply => {
    const [, , kind, id = '', action] = path.split('/');
    const [page = '', query] = path.split('?');
    if (page === '/v1/refunds' && method === 'GET') {
      const wanted = new URLSearchParams(query).get('payment_intent');
      return {
        status: 200,
        body: { data: [...refunds.values()].filter((one) => one.payment_intent === wanted) },
      };
    }
    if (page === '/v1/payment_intents/search') {
      const orderId = /^metadata\['order_id'\]:'(.*)'$/.exec(
        new URLSearchParams(query).get('query') ?? '',
      )?.[1];
      return {
        status: 200,
        body: { data: [...payments.values()].filter(({ metadata }) => metadata['order_id'] === orderId) },
      };
    }
    if (kind === 'refunds') {
      const known = refunds.get(id);
      if (method === 'POST') return refund(form);
      return known ? { status: 200, body: known } : invalid('id', 'resource_missing');
    }
    if (id === '') return create(form);
    const payment = payments.get(id);
    if (!payment) return { ...invalid('intent', 'resource_missing'), status: 404 };
    if (method === 'GET') return { status: 200, body: payment };
    return action === 'capture' ? capture(payment) : cancel(payment);
  };
  /** The first reply to a key is the reply to that key. */
  const once = (key: string | undefined, request: string, act: () => Reply): Reply => {
    const known = key === undefined ? undefined : replies.get(key);
    if (known && known.request !== request) {
      return {
        status: 400,
        body: { error: { type: 'idempotency_error', message: 'Keys for idempotent requests …' } },
      };
    }
    // A body that is answered now is not changed by what happens later.
    const reply = known?.reply ?? structuredClone(act());
    if (key !== undefined) replies.set(key, { request, reply });
    return reply;
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const form = Object.fromEntries(new URLSearchParams(text));
    const { method = 'GET', url: path = '/' } = request;
    const header = request.headers['idempotency-key'];
    const key = typeof header === 'string' ? header : undefined;
    requests.push({ method, path, key, form });
    const send = ({ status, body }: Reply, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    };
    if (request.headers.authorization !== `Bearer ${SECRET_KEY}`) {
      return send({
        status: 401,
        body: { error: { type: 'invalid_request_error', message: 'Invalid API Key.' } },
      });
    }
    const type = request.headers['content-type'] ?? '';
    if (method === 'POST' && !type.startsWith('application/x-www-form-urlencoded')) {
      return send(invalid('body'));
    }
    const fault = faults.shift();
    if (fault?.kind === 'status') {
      const { status, retryAfter } = fault;
      const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
      return send({ status, body: { error: { type: 'api_error', message: 'Try again.' } } }, headers);
    }
    const isReplay = key !== undefined && replies.has(key);
    const reply = once(key, `${method} ${path} ${text}`, () => {
      const done = route(method, path, form);
      return fault?.kind === 'stuck' ? { status: 500, body: { error: { type: 'api_error' } } } : done;
    });
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'lost-answer') return void response.destroy();
    if (fault?.kind === 'cut') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"id":');
      return void setImmediate(() => response.destroy());
    }
    send(reply, isReplay ? { 'idempotent-replayed': 'true' } : {});
  };

  const server = createServer((request, response) => {
    // Whoever calls may give up in the middle of a request: then there is nobody to answer.
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a string.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    /** Not sent yet: the test sends them when and as often as it likes. */
    webhooks,
    /** The next calls go wrong, one after the other. */
    failNext: (...next: readonly Fault[]) => void faults.push(...next),
    paymentOf: (orderId: string) =>
      [...payments.values()].find(({ metadata }) => metadata['order_id'] === orderId),
    paymentsOf: (orderId: string) =>
      [...payments.values()].filter(({ metadata }) => metadata['order_id'] === orderId),
    /** The shopper confirms, or does not. */
    answerChallenge(orderId: string, approves: boolean): void {
      const payment = this.paymentOf(orderId);
      if (!payment) throw new Error(`no payment of ${orderId}`);
      payment.status = approves ? 'requires_capture' : 'requires_payment_method';
      payment.next_action = null;
      payment.last_payment_error = approves
        ? null
        : { code: 'payment_intent_authentication_failure', message: 'We could not authenticate you.' };
      notify(`payment_intent.${approves ? 'amount_capturable_updated' : 'payment_failed'}`, payment);
    },
    /** The hold runs out, as after a week. */
    expire(orderId: string): void {
      const payment = this.paymentOf(orderId);
      if (payment) cancel(payment);
    },
    /** A bank that took its time says how it ended. */
    settleRefunds(status: 'succeeded' | 'failed'): void {
      for (const made of refunds.values()) {
        if (made.status !== 'pending') continue;
        made.status = status;
        notify(status === 'failed' ? 'refund.failed' : 'refund.updated', made);
      }
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type StripeStyleServer = Awaited<ReturnType<typeof startStripeStyleServer>>;

/** A webhook, signed as the provider does. */
export function signedWebhook(event: unknown, options: { secret?: string; sentAt?: number } = {}) {
  const { secret = WEBHOOK_SECRET, sentAt = Math.floor(Date.now() / 1000) } = options;
  const body = JSON.stringify(event);
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'stripe-signature': `t=${sentAt},v1=${createHmac('sha256', secret).update(`${sentAt}.${body}`).digest('hex')}`,
    },
    body,
  };
}
