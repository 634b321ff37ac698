import type { Kv, TokenResult } from '@souk/kit/kv';
import type { OperationCall } from '../../operation/operation-call.js';
import type { MaybeLater } from '../../plugin.js';
import type { StoreGuard } from '../../shared-state/store-guard.js';
import type { Rule } from './rules.js';

/** What was taken from one bucket. */
export interface Taken {
  readonly rule: Rule;
  readonly key: string;
  readonly tokens: number;
  readonly result: TokenResult;
}

/** What an operation took from all buckets that concern it. */
export interface Payment {
  readonly taken: readonly Taken[];
  /** The bucket that has too little, and for the longest time; then nothing was taken from any. */
  readonly short: Taken | undefined;
}

export interface Accounts {
  /**
   * Takes what an operation costs from the buckets of all rules that count its caller, or from none. Without a promise
   * where the buckets are in this process.
   * @throws Error if the buckets cannot be reached
   */
  take(call: OperationCall, cost: number): MaybeLater<Payment>;
  /** Gives back what was taken too much, or takes the rest. Never waited for. */
  settle(payment: Payment, cost: number): void;
}

/** @param guard stands between us and a store that is shared; undefined for one in this process */
export function createAccounts(rules: readonly Rule[], kv: Kv, guard: StoreGuard | undefined): Accounts {
  const takeFrom = (rule: Rule, key: string, cost: number): MaybeLater<Taken> => {
    // What costs more than a bucket holds takes all of it, and leaves it in debt once the true cost is known.
    const tokens = Math.min(cost, rule.capacity);
    const bucket = { capacity: rule.capacity, refillPerSecond: rule.refillPerSecond, tokens };
    const result = guard ? guard.ask(() => kv.takeTokens(key, bucket)) : kv.takeTokens(key, bucket);
    return result instanceof Promise
      ? result.then((later) => ({ rule, key, tokens, result: later }))
      : { rule, key, tokens, result };
  };
  const put = ({ rule: { capacity, refillPerSecond }, key }: Taken, tokens: number): void => {
    if (tokens === 0) return;
    const bucket = { capacity, refillPerSecond, tokens };
    if (!guard) return void kv.putTokens(key, bucket);
    // The store's guard has told of it; what is not given back comes back with time.
    guard.ask(() => kv.putTokens(key, bucket)).catch(() => {});
  };
  const judge = (all: readonly Taken[]): Payment => {
    let short: Taken | undefined;
    for (const one of all) {
      const wait = short?.result.retryAfterMs ?? -1;
      if (!one.result.allowed && one.result.retryAfterMs > wait) short = one;
    }
    if (short) for (const one of all) if (one.result.allowed) put(one, one.tokens);
    return { taken: all, short };
  };

  return {
    take(call, cost) {
      const now: Taken[] = [];
      const later: Promise<Taken>[] = [];
      for (const rule of rules) {
        const key = rule.bucketOf(call);
        if (key === undefined) continue;
        const taken = takeFrom(rule, key, cost);
        if (taken instanceof Promise) later.push(taken);
        else now.push(taken);
      }
      return later.length === 0 ? judge(now) : Promise.all(later).then(judge);
    },
    settle({ taken, short }, cost) {
      if (short) return;
      for (const one of taken) put(one, one.tokens - cost);
    },
  };
}
