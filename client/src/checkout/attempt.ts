/**
 * One try at buying. The key belongs to what is asked for: pressing the button again after a lost connection sends
 * the same key and can never buy twice; another card, address or cart is another try and takes a new one.
 */
export interface Attempt {
  readonly key: string;
  /** What the key was made for. */
  readonly fingerprint: string;
}

/**
 * The attempt to send: the last one if it asks for the same, else a new one.
 *
 * @param last undefined once the server has answered: its decision is final for that key
 * @example attemptFor(input, undefined, randomKey)
 */
export function attemptFor(request: unknown, last: Attempt | undefined, makeKey: () => string): Attempt {
  const fingerprint = JSON.stringify(request);
  return last?.fingerprint === fingerprint ? last : { key: makeKey(), fingerprint };
}

/** A key that nobody else makes. By hand, because `crypto.randomUUID` is missing on plain http. */
export function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
