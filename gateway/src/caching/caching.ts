import { createHash } from 'node:crypto';
import type { Kv } from '@souk/kit/kv';
import type { Logger } from '@souk/kit/log';
import type { OpenSharedCache } from '@souk/kit/shared-cache';
import type { ExecutionResult } from 'graphql';
import { dataText, resultBody, shareText, textResult } from '../execution/text-result.js';
import type { GatewayMetrics } from '../metrics/gateway-metrics.js';
import type { LoadedSupergraph } from '../supergraph/load.js';
import { type CacheHints, readCacheHints } from './cache-hints.js';
import { type CacheName, createCachingMetrics } from './caching-metrics.js';
import type { CacheLevelOptions, CachingOptions } from './caching-options.js';
import { createEventRules } from './event-rules.js';
import { createFetchCache, type FetchCache } from './fetch-cache.js';
import { createFollowers, type EventLogs } from './followers.js';
import { createRecentChanges, type RecentChanges } from './recent-changes.js';
import { createRecentWriters, type RecentWriters } from './recent-writers.js';
import { sharedTagsOf } from './shared-entry.js';
import { createShelf, type Shelf, type ShelfDeps } from './shelf.js';
import { createTaggedStore } from './tagged-store.js';
import { createTrust, type Trust } from './trust.js';
import { createWriteNews } from './write-news.js';

export interface CachingDeps {
  readonly options: CachingOptions;
  readonly metrics: GatewayMetrics;
  readonly logger: Logger;
  /** @default none: what events can change is not kept */
  readonly eventLogs?: EventLogs | undefined;
  /** Opens the cache that replicas share. @default none: each keeps its own */
  readonly openSharedCache?: OpenSharedCache | undefined;
  /** Tells replicas of each other's mutations, if they share it. */
  readonly kv: Kv;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
}

/** What is known of one supergraph. */
export interface SupergraphCaching {
  readonly hints: CacheHints;
  /** Tells supergraphs apart in keys. */
  readonly version: string;
}

/** Everything that is kept of answers, and what makes it go. */
export interface Caching {
  /** Follows the events that matter to this supergraph from now on. */
  use(supergraph: LoadedSupergraph): void;
  /** Undefined if none of its fetches may be kept. */
  fetchesOf(supergraph: LoadedSupergraph): FetchCache | undefined;
  /** Undefined for a supergraph without `@cacheControl`. */
  of(supergraph: LoadedSupergraph): SupergraphCaching | undefined;
  /** Whole responses; undefined if they are not to be kept. */
  readonly responses: Shelf<ExecutionResult> | undefined;
  readonly changes: RecentChanges;
  readonly trust: Trust;
  readonly writers: RecentWriters;
  readonly now: () => number;
  /** Somebody sent a mutation to these subgraphs. Resolves when the other replicas were told, if they can be. */
  wrote(writers: readonly string[], subgraphs: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

const MIB = 1024 * 1024;

export function createCaching(deps: CachingDeps): Caching {
  const { options, metrics, logger, eventLogs, kv, now = Date.now } = deps;
  const {
    staleIfErrorMs = 300_000,
    readYourWritesMs = 3_000,
    settleMs = 1_000,
    afterMutationMs = 250,
  } = options;
  const measured = createCachingMetrics(metrics);
  const changes = createRecentChanges({ settleMs });
  const trust = createTrust(now);
  const writers = createRecentWriters(readYourWritesMs, now);
  const writes = createWriteNews({
    kv,
    logger,
    onWrite(names, subgraphs) {
      for (const name of names) writers.note(name);
      for (const subgraph of subgraphs) trust.doubt(subgraph, afterMutationMs);
    },
  });

  let sharedSince = 0;
  const disbelieveShared = (): void => {
    // What was asked for shortly afterwards may come from an index that lags.
    sharedSince = Math.max(sharedSince, now() + settleMs);
  };
  const shared = deps.openSharedCache?.({
    onChanged(name) {
      const owner = name.startsWith('response:') ? responses : entities;
      owner?.forgetShared(name);
    },
    onGap: disbelieveShared,
  });
  const shelf = <Value>(
    name: CacheName,
    chosen: CacheLevelOptions | false = {},
    form: Pick<ShelfDeps<Value>, 'sizeOf' | 'toText' | 'fromText'>,
  ): Shelf<Value> | undefined => {
    if (chosen === false) return undefined;
    const store = createTaggedStore<Value>({ maxBytes: chosen.maxBytes ?? 32 * MIB, now });
    const numbers = measured.of(name, () => ({ bytes: store.bytes, entries: store.size }));
    const rules = { shared, sharedSince: () => sharedSince, changes, staleIfErrorMs, now };
    return createShelf({ name, store, numbers, ...rules, ...form });
  };
  const responses = shelf<ExecutionResult>('response', options.responses, {
    sizeOf: (result) => Buffer.byteLength(resultBody(result)),
    toText: dataText,
    fromText(text) {
      const result = textResult(text, []);
      shareText(result);
      return result;
    },
  });
  const entities = shelf<string>('entity', options.entities, {
    sizeOf: (text) => text.length,
    toText: (text) => text,
    fromText: (text) => text,
  });

  const known = new WeakMap<LoadedSupergraph, SupergraphCaching | 'none'>();
  const of = (supergraph: LoadedSupergraph): SupergraphCaching | undefined => {
    const before = known.get(supergraph);
    if (before) return before === 'none' ? undefined : before;
    const hints = readCacheHints(supergraph);
    const version = createHash('sha256').update(supergraph.sdl).digest('base64url').slice(0, 12);
    const read = hints && { hints, version };
    known.set(supergraph, read ?? 'none');
    return read;
  };

  const followers = createFollowers({
    logs: eventLogs,
    logger,
    trust,
    positions: shared && {
      async load(name) {
        const saved = await shared.position(name);
        if (saved) sharedSince = Math.max(sharedSince, saved.since);
        return saved?.position;
      },
      save: (name, position) => shared.savePosition(name, { position, since: sharedSince }),
    },
    onBegin(source, rules, isSaved) {
      // What was published before, since nobody knows when, was not heard by anybody.
      if (!isSaved) disbelieveShared();
      for (const coordinate of rules.coordinatesOf(source)) {
        changes.note(coordinate);
        responses?.expire(coordinate);
        entities?.expire(coordinate);
      }
    },
    onEvents(source, events, rules) {
      for (const event of events) {
        for (const { coordinate, id } of rules.changedBy(source, event)) {
          changes.note(coordinate, id);
          responses?.invalidate(coordinate, id);
          entities?.invalidate(coordinate, id);
          shared?.invalidate(sharedTagsOf(coordinate, id));
        }
        const lag = Math.max(0, now() - Date.parse(event.occurredAt)) / 1_000;
        measured.eventLag.observe({ subgraph: source }, lag);
      }
    },
  });

  return {
    of,
    responses,
    changes,
    trust,
    writers,
    now,
    wrote: writes.tell,
    fetchesOf(supergraph) {
      const read = of(supergraph);
      if (!read || !entities) return undefined;
      return createFetchCache({
        ...read,
        schema: supergraph.full,
        shelf: entities,
        changes,
        trust,
        writers,
        now,
      });
    },
    use: (supergraph) =>
      followers.follow(createEventRules(of(supergraph)?.hints.changes ?? []), supergraph.subgraphs),
    async stop() {
      await Promise.all([followers.stop(), writes.stop()]);
      await shared?.close();
    },
  };
}
