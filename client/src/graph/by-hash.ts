import { persistedExchange } from '@urql/exchange-persisted';
import type { Exchange } from '@urql/vue';

/**
 * Sends the hash of an operation instead of its text. The gateway has a list of all that this client asks
 * (`schema/operations.json`); of what is not in it, it asks for the text once.
 */
export const byHash = (): Exchange =>
  persistedExchange({
    generateHash: hashOf,
    enableForMutation: true,
    enableForSubscriptions: true,
    // A GET may be kept by whoever stands between: what is in a cart is nobody else's.
    preferGetForPersistedQueries: false,
  });

const known = new Map<string, Promise<string>>();

/** Each text is hashed once. `''` has the text sent: pages without TLS from another machine cannot hash. */
async function hashOf(text: string): Promise<string> {
  // Typed as if it were always there.
  const { subtle } = globalThis.crypto as Partial<Crypto>;
  if (!subtle) return '';
  let hash = known.get(text);
  if (!hash) known.set(text, (hash = sha256(text, subtle)));
  return hash;
}

async function sha256(text: string, subtle: SubtleCrypto): Promise<string> {
  const digest = await subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
