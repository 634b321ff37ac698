import type { FetchNode } from '@apollo/query-planner';
import { AppError } from '@souk/kit/errors';
import type { ExecutionResult } from 'graphql';
import type { Ask } from '../execution/compiled/ask.js';
import type { Run } from '../execution/compiled/run.js';
import type { PlanPath } from '../execution/compiled/targets.js';
import { failedFetch } from '../execution/failed-fetch.js';
import { answerOf, joined, type Known, missingIn } from './fetch-answer.js';
import { audienceOf } from './audience.js';
import { fetchQuestion, type FetchQuestion, type QuestionScope } from './fetch-question.js';
import type { RecentChanges } from './recent-changes.js';
import type { RecentWriters } from './recent-writers.js';
import type { Shelf } from './shelf.js';
import { splitList } from './split-list.js';
import type { Trust } from './trust.js';

/** Answers the fetches of plans from what was answered before, entity by entity. */
export interface FetchCache {
  /** The same way to ask, which asks only for what is not known; `ask` itself for what must not be kept. */
  around(fetch: FetchNode, path: PlanPath, ask: Ask): Ask;
}

export interface FetchCacheDeps extends QuestionScope {
  readonly shelf: Shelf<string>;
  readonly changes: RecentChanges;
  readonly trust: Trust;
  readonly writers: RecentWriters;
  readonly now: () => number;
}

export function createFetchCache(deps: FetchCacheDeps): FetchCache {
  return {
    around(fetch, path, ask) {
      const question = fetchQuestion(fetch, deps);
      return question === undefined ? ask : cachedAsk({ fetch, path, ask, question }, deps);
    },
  };
}

interface CachedFetch {
  readonly fetch: FetchNode;
  readonly path: PlanPath;
  readonly ask: Ask;
  readonly question: FetchQuestion;
}

function cachedAsk(cached: CachedFetch, deps: FetchCacheDeps): Ask {
  const { fetch, ask, question } = cached;
  const { shelf, changes, trust, writers, now } = deps;
  const { policy, collectTags } = question;
  const isOfEntities = fetch.requires !== undefined;
  const maxAgeMs = policy.maxAge * 1_000;

  /** What is kept of each thing that is asked for, expired or not. */
  const lookUp = (keys: readonly string[], mayUse: boolean): Known => {
    const kept = keys.map((key) => shelf.get(key));
    const at = now();
    return { kept, fresh: kept.map((one) => mayUse && one !== undefined && one.expiresAt > at) };
  };
  const keep = (
    keys: readonly string[],
    representations: readonly string[],
    answer: ExecutionResult,
    askedAt: number,
  ): void => {
    if (answer.errors !== undefined && answer.errors.length > 0) return;
    const values: unknown = isOfEntities ? answer.data?.['_entities'] : [answer.data];
    if (!Array.isArray(values) || values.length !== keys.length) return;
    keys.forEach((key, index) => {
      const value: unknown = values[index];
      // An entity may well not exist; root fields without any data are a failure.
      if (value === undefined || (value === null && !isOfEntities)) return;
      const tags = new Set<string>();
      collectTags?.(value, tags, isOfEntities ? identityIn(representations[index]) : undefined);
      shelf.keep(key, JSON.stringify(value), { maxAgeMs, tags: [...tags], askedAt });
    });
  };

  const askFor = async (run: Run, { keys, representations, known }: Asking): Promise<ExecutionResult> => {
    const missing = missingIn(known);
    const missed = missing.map((index) => representations[index] ?? '');
    const askedAt = changes.now();
    try {
      const answer = await ask(run, isOfEntities ? missed.join(',') : undefined);
      keep(
        missing.map((index) => keys[index] ?? ''),
        missed,
        answer,
        askedAt,
      );
      return missing.length === keys.length ? answer : joined(known, missing, answer);
    } catch (cause) {
      const standIns = missing.filter((index) => known.kept[index] !== undefined);
      if (!isAway(cause) || standIns.length === 0) throw cause;
      return standIn(run, cached, { known, missing, standIns, cause, now: now() }, shelf);
    }
  };

  const answer = (run: Run, asking: Asking): Promise<ExecutionResult> => {
    const { keys, known } = asking;
    const misses = missingIn(known).length;
    const hits = keys.length - misses;
    shelf.numbers.hits.inc(hits);
    if (hits > 0 && run.call) run.call.keptUntil = Math.min(run.call.keptUntil ?? Infinity, endOf(known));
    if (misses === 0) return Promise.resolve(answerOf(known, isOfEntities));
    shelf.numbers.misses.inc(misses);
    return askFor(run, asking);
  };

  return (run, text) => {
    const audience = audienceOf(run.context, policy.isPrivate, run.call?.forwarded);
    if (audience === undefined) return ask(run, text);
    const prefix = `${question.id} ${audience} ${question.variablesKey(run.variables)} `;
    const representations = text === undefined ? [''] : splitList(text);
    const keys = representations.map((one) => prefix + one);
    const mayUse = trust.holds(policy.sources) && !writers.has(run.context);
    const known = lookUp(keys, mayUse);
    const missing = missingIn(known);
    if (missing.length > 0 && mayUse && shelf.seek) {
      return shelf
        .seek(missing.map((index) => keys[index] ?? ''))
        .then(() => answer(run, { keys, representations, known: lookUp(keys, mayUse) }));
    }
    return answer(run, { keys, representations, known });
  };
}

/** When the first of what may still be used ends. */
const endOf = ({ kept, fresh }: Known): number =>
  Math.min(
    ...kept.map((one, index) => (one !== undefined && fresh[index] === true ? one.expiresAt : Infinity)),
  );

interface Asking {
  readonly keys: readonly string[];
  readonly representations: readonly string[];
  readonly known: Known;
}

/** Failures of a subgraph that is away, or left alone by its circuit breaker. */
const isAway = (cause: unknown): boolean =>
  cause instanceof AppError && (cause.code === 'UNAVAILABLE' || cause.code === 'TIMEOUT');

/** Our own text, written by the executor. */
const identityIn = (representation = '{}') => JSON.parse(representation) as Record<string, unknown>;

interface StandIn {
  readonly known: Known;
  readonly missing: readonly number[];
  /** Those of the missing that are kept, if expired. */
  readonly standIns: readonly number[];
  readonly cause: unknown;
  readonly now: number;
}

/** What is kept takes the place of what cannot be had, and the client is told. */
function standIn(
  run: Run,
  { fetch, path }: CachedFetch,
  { known, missing, standIns, cause, now }: StandIn,
  { numbers }: Shelf<string>,
): ExecutionResult {
  numbers.stale.inc(standIns.length);
  const since = Math.min(...standIns.map((index) => known.kept[index]?.storedAt ?? now));
  (run.stale ??= []).push({
    subgraph: fetch.serviceName,
    path: path.join('.'),
    ageSeconds: Math.ceil((now - since) / 1_000),
  });
  const answer = answerOf(known, fetch.requires !== undefined);
  if (standIns.length === missing.length) return answer;
  return { ...answer, errors: failedFetch(fetch.serviceName, fetch.operation, cause) };
}
