/** What the schedule needs to know of a signing key. */
export interface ScheduledKey {
  readonly kid: string;
  /** From here on it signs, until a later key's time comes. */
  readonly signsFrom: Date;
}

/** The times of the rotation, all in milliseconds. */
export interface KeyPolicy {
  /** How long one key signs. */
  readonly signForMs: number;
  /** How long a new key is in the JWKS before it signs: longer than anybody caches the JWKS. */
  readonly publishAheadMs: number;
  /** How long a key stays in the JWKS after its last signature: a token's life time plus differing clocks. */
  readonly keepMs: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export const KEY_POLICY: KeyPolicy = {
  signForMs: 30 * DAY,
  publishAheadMs: DAY,
  // An access token's 15 minutes and 5 for clocks that differ.
  keepMs: 20 * MINUTE,
};

const byAge = (keys: readonly ScheduledKey[]): ScheduledKey[] =>
  [...keys].sort((a, b) => a.signsFrom.getTime() - b.signsFrom.getTime());

/** The key that signs now; undefined before the first one is made. */
export const signingKeyAt = <Key extends ScheduledKey>(keys: readonly Key[], now: Date): Key | undefined =>
  // Only keys of `keys` come out of the sort, so the type is still `Key`.
  byAge(keys).findLast((key) => key.signsFrom <= now) as Key | undefined;

/**
 * When the next key has to start signing, if it has to be made now; undefined while there is time. The first key
 * signs at once: nobody has cached a JWKS without it. After a long pause the old key goes on until the new one has
 * been published for long enough.
 */
export function nextKeyStart(
  keys: readonly ScheduledKey[],
  now: Date,
  policy: KeyPolicy = KEY_POLICY,
): Date | undefined {
  const newest = byAge(keys).at(-1);
  if (!newest) return now;
  const earliest = now.getTime() + policy.publishAheadMs;
  const due = newest.signsFrom.getTime() + policy.signForMs;
  return due <= earliest ? new Date(earliest) : undefined;
}

/** The keys that have not signed for so long that every token of theirs has expired. */
export function retiredKeys(
  keys: readonly ScheduledKey[],
  now: Date,
  policy: KeyPolicy = KEY_POLICY,
): string[] {
  const ordered = byAge(keys);
  return ordered
    .filter((_key, index) => {
      const successor = ordered[index + 1];
      return successor !== undefined && successor.signsFrom.getTime() + policy.keepMs <= now.getTime();
    })
    .map((key) => key.kid);
}
