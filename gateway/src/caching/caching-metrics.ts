import type { Counter } from 'prom-client';
import type { GatewayMetrics } from '../metrics/gateway-metrics.js';
import type { LeanCount } from '../metrics/lean-counter.js';
import type { LeanHistogram } from '../metrics/lean-histogram.js';
import { registeredCounter, registeredGauge, registeredHistogram } from '../metrics/registered.js';

/** The two caches, as labels name them. */
export type CacheName = 'response' | 'entity';

/** One cache's own numbers, their labels looked up. */
export interface CacheNumbers {
  readonly hits: LeanCount;
  readonly misses: LeanCount;
  /** Stood in for a subgraph that was away. */
  readonly stale: Counter.Internal;
  /** Dropped by an event. */
  readonly invalidated: Counter.Internal;
  /** Not kept: it changed while it was on its way. */
  readonly overtaken: Counter.Internal;
}

export interface CachingMetrics {
  /** @param size what is kept in memory now */
  of(cache: CacheName, size: () => { readonly bytes: number; readonly entries: number }): CacheNumbers;
  /** From when something changed until what was cached of it is gone. */
  readonly eventLag: LeanHistogram<'subgraph'>;
}

export function createCachingMetrics({ registry, cacheLookups }: GatewayMetrics): CachingMetrics {
  const sizes = new Map<CacheName, () => { readonly bytes: number; readonly entries: number }>();
  const gauge = (name: string, help: string, read: 'bytes' | 'entries'): void => {
    registeredGauge(registry, {
      name,
      help,
      labelNames: ['cache'],
      collect() {
        for (const [cache, size] of sizes) this.set({ cache }, size()[read]);
      },
    });
  };
  gauge('souk_gateway_cache_bytes', 'What each cache takes up in memory.', 'bytes');
  gauge('souk_gateway_cache_entries', 'Entries of each cache in memory.', 'entries');
  const counter = (name: string, help: string) =>
    registeredCounter(registry, { name, help, labelNames: ['cache'] });
  const stale = counter(
    'souk_gateway_cache_stale_total',
    'Expired entries that stood in for a subgraph that was away.',
  );
  const invalidated = counter(
    'souk_gateway_cache_invalidations_total',
    'Entries dropped because of an event.',
  );
  const overtaken = counter(
    'souk_gateway_cache_overtaken_total',
    'Answers not kept: they changed on their way.',
  );
  return {
    of(cache, size) {
      sizes.set(cache, size);
      return {
        hits: cacheLookups.labels({ cache, result: 'hit' }),
        misses: cacheLookups.labels({ cache, result: 'miss' }),
        stale: stale.labels({ cache }),
        invalidated: invalidated.labels({ cache }),
        overtaken: overtaken.labels({ cache }),
      };
    },
    eventLag: registeredHistogram(registry, {
      name: 'souk_gateway_cache_event_lag_seconds',
      help: 'Time from a change to when nothing cached contradicts it, by the clocks of both machines.',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    }),
  };
}
