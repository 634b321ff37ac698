import type { OperationCall } from '../../operation/operation-call.js';
import { createAddressKeys } from './address-keys.js';
import type { RateLimitRule } from './rate-limit-options.js';

/** A rule, ready to be applied. */
export interface Rule {
  readonly name: string;
  readonly capacity: number;
  readonly refillPerSecond: number;
  /** The key of the caller's bucket; undefined if the rule does not count this caller. */
  readonly bucketOf: (call: OperationCall) => string | undefined;
}

const CLAIM = 'claim:';

/** Callers choose these; a key must stay small. */
const LONGEST = 100;

/** Whom no rule by address counts. */
export interface Exemption {
  readonly exempt: readonly string[];
  /** Told of each operation that is not counted by address because of that. */
  readonly onExempt: (call: OperationCall) => void;
}

/** @throws Error if two rules would share their buckets, or a network cannot be read */
export function compileRules(
  rules: readonly RateLimitRule[],
  { exempt, onExempt }: Exemption,
): readonly Rule[] {
  const addressKey = createAddressKeys(exempt);
  const byAddress = (call: OperationCall): string | undefined => {
    if (call.clientAddress === undefined) return undefined;
    const key = addressKey(call.clientAddress);
    if (key === undefined) onExempt(call);
    return key;
  };
  const names = new Set<string>();
  return rules.map(({ name: given, by, capacity, refillPerSecond }) => {
    const name = given ?? by;
    if (names.has(name))
      throw new Error(`rateLimit.rules: two rules are named "${name}". Give one of them another "name".`);
    names.add(name);
    const callerOf = by === 'address' ? byAddress : callerBy(by);
    const prefix = `rate:${name}:`;
    return {
      name,
      capacity,
      refillPerSecond,
      bucketOf(call) {
        const caller = callerOf(call);
        return caller === undefined ? undefined : prefix + caller;
      },
    };
  });
}

function callerBy(by: Exclude<RateLimitRule['by'], 'address'>): (call: OperationCall) => string | undefined {
  if (by === 'client') return ({ client }) => (client.name ?? '').slice(0, LONGEST);
  if (by.startsWith(CLAIM)) {
    const name = by.slice(CLAIM.length);
    return ({ identity }) => textOf(identity?.claims[name]);
  }
  return ({ context }) =>
    context?.viewer.kind === 'user' ? context.viewer.userId.slice(0, LONGEST) : undefined;
}

/** A claim can be anything; what has no parts can name somebody. */
const textOf = (claim: unknown): string | undefined =>
  typeof claim === 'string' || typeof claim === 'number' ? String(claim).slice(0, LONGEST) : undefined;
