import { inTime } from '@souk/kit/lifecycle';
import type { z } from 'zod';
import { ProviderUnavailable } from '../payment-provider.js';
import { type WireError, wireError } from './wire.js';

/** Where the provider is, and how we show who we are. */
export interface ApiOptions {
  /** Its origin, `https://api.stripe.com`. */
  readonly url: string;
  /** Never logged. */
  readonly secretKey: string;
  /** Longest wait for an answer, in milliseconds. @default 10_000 */
  readonly timeoutMs?: number;
}

/** One call. */
export interface ApiCall<Schema extends z.ZodType> {
  readonly path: string;
  /** Sent as a form by POST; without it the call is a GET. */
  readonly form?: Readonly<Record<string, string>>;
  readonly idempotencyKey?: string;
  readonly signal: AbortSignal;
  readonly schema: Schema;
}

/** What the provider said: something, or no for good. */
export type ApiAnswer<Value> =
  | { readonly ok: true; readonly value: Value }
  | {
      readonly ok: false;
      readonly status: number;
      readonly error: WireError;
      /** It broke the first time, and says so again under this key, for ever: only a look tells what it did. */
      readonly isStuck: boolean;
    };

/** Calls the provider. */
export type CallApi = <Schema extends z.ZodType>(
  call: ApiCall<Schema>,
) => Promise<ApiAnswer<z.infer<Schema>>>;

/** Statuses after which the same call may be answered otherwise: our key is wrong, a twin is under way, too many, broken. */
const isPassing = (status: number): boolean =>
  status === 401 || status === 403 || status === 409 || status === 429 || status >= 500;

/**
 * The provider's HTTP API: forms in, JSON out, an `idempotency-key` with every call that changes something.
 *
 * @throws ProviderUnavailable for whatever is worth asking again
 */
export function createApiClient({ url, secretKey, timeoutMs = 10_000 }: ApiOptions): CallApi {
  return async ({ path, form, idempotencyKey, signal, schema }) => {
    const { response, body } = await inTime(timeoutMs, signal, async (ending) => {
      const answer = await fetch(new URL(path, url), {
        method: form ? 'POST' : 'GET',
        headers: {
          authorization: `Bearer ${secretKey}`,
          accept: 'application/json',
          ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
        },
        redirect: 'error',
        signal: ending,
        // URLSearchParams names its content type itself.
        ...(form ? { body: new URLSearchParams(form) } : {}),
      }).catch((cause: unknown) => {
        throw new ProviderUnavailable(`The payment provider did not answer ${path}.`, 0, { cause });
      });
      return { response: answer, body: await bodyOf(answer, path) };
    });
    if (response.ok) {
      const parsed = schema.safeParse(body);
      if (parsed.success) return { ok: true, value: parsed.data };
      throw new ProviderUnavailable(`The payment provider answered ${path} with something unknown.`, 0, {
        cause: parsed.error,
      });
    }
    const { data } = wireError.safeParse(body);
    const { status } = response;
    if (status >= 500 && response.headers.get('idempotent-replayed') === 'true') {
      return { ok: false, status, error: data?.error ?? {}, isStuck: true };
    }
    if (isPassing(status) || !data || data.error.type === 'idempotency_error') {
      throw new ProviderUnavailable(describe(path, status, data?.error), retryAfterMs(response));
    }
    return { ok: false, status, error: data.error, isStuck: false };
  };
}

async function bodyOf(response: Response, path: string): Promise<unknown> {
  const text = await response.text().catch((cause: unknown) => {
    throw new ProviderUnavailable(`The payment provider broke off its answer to ${path}.`, 0, { cause });
  });
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const describe = (path: string, status: number, error: WireError | undefined): string =>
  status === 401 || status === 403
    ? `The payment provider refuses our key (${status}). Check PAYMENT_PROVIDER_KEY.`
    : `The payment provider answered ${path} with ${status}${error?.code ? ` (${error.code})` : ''}.`;

/** `retry-after` in seconds; at most a minute is believed. */
function retryAfterMs({ headers }: Response): number {
  const seconds = Number(headers.get('retry-after') ?? 0);
  return Number.isFinite(seconds) ? Math.min(60, Math.max(0, seconds)) * 1_000 : 0;
}
