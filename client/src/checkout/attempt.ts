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
 * @example attemptFor(input, undefined, () => crypto.randomUUID())
 */
export function attemptFor(request: unknown, last: Attempt | undefined, makeKey: () => string): Attempt {
  const fingerprint = JSON.stringify(request);
  return last?.fingerprint === fingerprint ? last : { key: makeKey(), fingerprint };
}
