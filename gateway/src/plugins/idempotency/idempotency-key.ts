import type { OperationCall } from '../../operation/operation-call.js';
import { refuse } from '../../operation/refusal.js';

/** What UUIDs, ULIDs, hashes and names like `order-2024-07:retry` are made of. */
const FORM = /^[A-Za-z0-9._:~+/=@-]{8,200}$/;

/**
 * The key a client gave to a mutation: by the header `Idempotency-Key`, bare or in the quotes of the IETF's draft, or by
 * `"extensions": {"idempotencyKey": …}` in the request. A WebSocket has only the latter: its headers belong to all of
 * its operations.
 *
 * @throws Refusal 400 for a key that is none
 */
export function idempotencyKeyOf({ via, headers, request }: OperationCall): string | undefined {
  const header = via === 'WebSocket' ? undefined : headers['idempotency-key'];
  const extension = request.extensions?.['idempotencyKey'] ?? undefined;
  if (header === undefined && extension === undefined) return undefined;
  const keys = [header, extension].filter((given) => given !== undefined).map(readKey);
  const [key] = keys;
  if (keys.some((other) => other !== key)) throw refuse('BAD_USER_INPUT', TWO_KEYS);
  return key;
}

function readKey(given: unknown): string {
  const key = typeof given === 'string' ? given.replace(/^"(.*)"$/, '$1') : '';
  if (!FORM.test(key)) throw refuse('BAD_USER_INPUT', NO_KEY);
  return key;
}

const NO_KEY =
  'The idempotency key must have 8 to 200 letters, digits or characters of ". _ : ~ + / = @ -". Send a UUID.';
const TWO_KEYS =
  'The header "Idempotency-Key" and "extensions.idempotencyKey" differ. Send the key in one place.';
