import type { ExecutionResult } from 'graphql';
import { audienceOf } from '../../caching/audience.js';
import type { CachePolicy } from '../../caching/cache-policy.js';
import { canonicalJson } from '../../caching/canonical-json.js';
import type { Caching } from '../../caching/caching.js';
import { createOperationCaching, type OperationCaching } from '../../caching/operation-caching.js';
import { writerNames } from '../../caching/recent-writers.js';
import type { Shelf } from '../../caching/shelf.js';
import type { Kept } from '../../caching/tagged-store.js';
import { shareText, withExtensions } from '../../execution/text-result.js';
import {
  isStream,
  type OperationCall,
  type OperationOutcome,
  requireStep,
} from '../../operation/operation-call.js';
import type { GatewayPlugin, MaybeLater } from '../../plugin.js';

/**
 * Answers queries from whole responses that are kept, and tells HTTP clients how long theirs is good. Mutations make
 * their sender read past all caches for a moment. It comes after everything that may turn an operation away.
 */
export function responseCache({ caching }: { readonly caching: Caching }): GatewayPlugin {
  const cachingOf = createOperationCaching(caching);
  return {
    name: 'response-cache',
    operation(call, next) {
      const operation = requireStep(call.operation, 'documents');
      const of = cachingOf(operation, call.engine.supergraph);
      if (of.kind === 'query') return answerQuery(call, of, caching, next);
      if (of.kind === 'none' || of.subgraphs.length === 0) return next();
      const names = writerNames(requireStep(call.context, 'identity'));
      return finishMutation(next, () => caching.wrote(names, of.subgraphs));
    },
  };
}

type Next = () => MaybeLater<OperationOutcome>;

/** Whatever came of it: a mutation that failed may have changed something. */
async function finishMutation(next: Next, wrote: () => Promise<void>): Promise<OperationOutcome> {
  try {
    return await next();
  } finally {
    await wrote();
  }
}

type QueryCaching = Extract<OperationCaching, { kind: 'query' }>;

function answerQuery(
  call: OperationCall,
  of: QueryCaching,
  caching: Caching,
  next: Next,
): MaybeLater<OperationOutcome> {
  const { responses, trust, writers, now } = caching;
  const { policy } = of;
  const context = requireStep(call.context, 'identity');
  const audience = audienceOf(context, policy.isPrivate, call.forwarded);
  if (responses === undefined || audience === undefined) return askAndTell(call, policy, now, next);
  const key = keyOf(call, of, audience);
  const mayUse = trust.holds(policy.sources) && !writers.has(context);
  const answer = (): MaybeLater<OperationOutcome> => {
    const kept = responses.get(key);
    if (!mayUse || !isFresh(kept, now())) {
      responses.numbers.misses.inc();
      return askAndKeep(call, of, { key, kept, caching, responses }, next);
    }
    responses.numbers.hits.inc();
    call.log['cache'] = 'hit';
    const { value, storedAt, expiresAt } = kept;
    return sayAge(call, policy, value, { lifeMs: expiresAt - storedAt, ageMs: now() - storedAt });
  };
  const { seek } = responses;
  return mayUse && seek && !isFresh(responses.get(key), now()) ? seek([key]).then(answer) : answer();
}

const isFresh = <Value>(kept: Kept<Value> | undefined, now: number): kept is Kept<Value> =>
  kept !== undefined && kept.expiresAt > now;

async function askAndTell(
  call: OperationCall,
  policy: CachePolicy,
  now: () => number,
  next: Next,
): Promise<OperationOutcome> {
  const outcome = await next();
  return sayAge(call, policy, outcome, { lifeMs: lifeOf(call, policy, now()), ageMs: 0 });
}

interface Miss {
  readonly key: string;
  /** Expired, or not to be used. */
  readonly kept: Kept<ExecutionResult> | undefined;
  readonly caching: Caching;
  readonly responses: Shelf<ExecutionResult>;
}

async function askAndKeep(
  call: OperationCall,
  { policy, collectTags }: QueryCaching,
  { key, kept, responses, caching: { changes, now } }: Miss,
  next: Next,
): Promise<OperationOutcome> {
  const askedAt = changes.now();
  const outcome = await next();
  if (isStream(outcome)) return outcome;
  if (outcome.errors && outcome.errors.length > 0) {
    if (!kept || !isForWantOfSubgraphs(outcome)) return outcome;
    responses.numbers.stale.inc();
    const stale = [{ path: '', ageSeconds: Math.ceil((now() - kept.storedAt) / 1_000) }];
    return withExtensions(kept.value, { stale });
  }
  // Shared with another call, partly from what is expired, or with a cookie for one client: not ours to keep.
  if (call.answered && outcome.extensions === undefined && !setsCookie(call)) {
    const tags = new Set<string>();
    collectTags?.(call.answered, tags);
    shareText(outcome);
    responses.keep(key, outcome, { maxAgeMs: lifeOf(call, policy, now()), tags: [...tags], askedAt });
  }
  return sayAge(call, policy, outcome, { lifeMs: lifeOf(call, policy, now()), ageMs: 0 });
}

/** True if all that is wrong is that subgraphs are away: then a response from before is better than a hole. */
const isForWantOfSubgraphs = ({ errors = [] }: ExecutionResult): boolean =>
  errors.every(({ extensions }) => {
    const code = extensions['code'];
    return code === 'UNAVAILABLE' || code === 'TIMEOUT';
  });

/** Whether a cookie came with the answer, for this client or for the one it was made for. */
const setsCookie = ({ responseHeaders, cookieWithheld = false }: OperationCall): boolean =>
  cookieWithheld || responseHeaders.some(([name]) => name.toLowerCase() === 'set-cookie');

/** For how long a response is good that is new now: no longer than what it was made of, in milliseconds. */
const lifeOf = (call: OperationCall, { maxAge }: CachePolicy, now: number): number =>
  Math.min(maxAge * 1_000, (call.keptUntil ?? Infinity) - now);

const keyOf = ({ request: { variables } }: OperationCall, { id }: QueryCaching, audience: string): string =>
  variables === undefined ? `${id} ${audience}` : `${id} ${audience} ${canonicalJson(variables)}`;

/**
 * Tells HTTP caches what they may do. `public` is only said to somebody who showed nothing of themselves: what staff
 * are shown must not end in a cache for all, and neither must a cookie that a subgraph set.
 */
function sayAge(
  call: OperationCall,
  policy: CachePolicy,
  outcome: OperationOutcome,
  { lifeMs, ageMs }: { readonly lifeMs: number; readonly ageMs: number },
): OperationOutcome {
  if (isStream(outcome) || outcome.errors !== undefined || outcome.extensions !== undefined) return outcome;
  const { viewer, cartToken } = requireStep(call.context, 'identity');
  const isForAll =
    !policy.isPrivate && viewer.kind === 'anonymous' && cartToken === undefined && !setsCookie(call);
  call.responseHeaders.push(
    [
      'cache-control',
      `${isForAll ? 'public' : 'private'}, max-age=${Math.max(0, Math.floor(lifeMs / 1_000))}`,
    ],
    ['age', String(Math.floor(ageMs / 1_000))],
    ['vary', 'authorization, x-cart-token'],
  );
  return outcome;
}
