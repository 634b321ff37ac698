import type { JSONWebKeySet } from 'jose';
import type { Issuer } from './issuer.js';

/**
 * Gets an issuer's public keys: from itself, from its URL, or from the URL that its OpenID Connect discovery document
 * names.
 *
 * @param timeoutMs for each request
 * @throws Error that says what the issuer got wrong
 */
export async function fetchKeys({ issuer, jwks }: Issuer, timeoutMs: number): Promise<JSONWebKeySet> {
  if (typeof jwks === 'function') return jwks();
  const answer = await getJson(jwks ?? (await discover(issuer, timeoutMs)), timeoutMs);
  if (!isKeySet(answer)) throw new Error(`what is at ${String(jwks)} is no key set`);
  return answer;
}

/** The issuer must say of itself that it is the issuer: another one's document could name keys of anybody. */
async function discover(issuer: string, timeoutMs: number): Promise<URL> {
  const address = new URL(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const document = await getJson(address, timeoutMs);
  const found =
    typeof document === 'object' && document !== null
      ? new Map<string, unknown>(Object.entries(document))
      : undefined;
  if (found?.get('issuer') !== issuer)
    throw new Error(`what is at ${address.href} is not about the issuer ${issuer}`);
  const uri = found.get('jwks_uri');
  if (typeof uri !== 'string' || !URL.canParse(uri))
    throw new Error(`what is at ${address.href} names no jwks_uri`);
  return new URL(uri);
}

async function getJson(address: URL, timeoutMs: number): Promise<unknown> {
  const response = await fetch(address, {
    headers: { accept: 'application/json, application/jwk-set+json' },
    signal: AbortSignal.timeout(timeoutMs),
    redirect: 'error',
  });
  if (!response.ok) throw new Error(`${address.href} answered with status ${response.status}`);
  return response.json();
}

const isKeySet = (answer: unknown): answer is JSONWebKeySet =>
  typeof answer === 'object' &&
  answer !== null &&
  'keys' in answer &&
  Array.isArray(answer.keys) &&
  answer.keys.every((key) => typeof key === 'object' && key !== null);
