import type { Kv } from '@souk/kit/kv';
import type { Logger } from '@souk/kit/log';
import { holdsCardNumber } from '@souk/kit/secrets';
import type { MaybeLater } from '../../plugin.js';
import { guardStore } from '../../shared-state/store-guard.js';
import type { AutomaticOptions } from './persisted-operations-options.js';
import { createQueryTexts } from './query-texts.js';

/** Queries that clients registered. */
export interface AutomaticQueries {
  find(hash: string): MaybeLater<string | undefined>;
  /** Keeps a query that was found to be valid and that ran; never one with what looks like a card number in its text. */
  keep(hash: string, query: string): void;
}

/** In this process first; in Redis, where replicas share one, as well. While it is away, clients send queries anew. */
export function automaticQueries(
  { maxSize = 16_777_216, ttlMs = 86_400_000, timeoutMs = 100 }: AutomaticOptions,
  { kv, logger }: { readonly kv: Kv; readonly logger: Logger },
): AutomaticQueries {
  const near = createQueryTexts(maxSize);
  if (!kv.isShared) {
    return {
      find: (hash) => near.get(hash),
      keep(hash, query) {
        if (!holdsCardNumber(query)) near.set(hash, query);
      },
    };
  }
  const guard = guardStore({ purpose: 'persisted queries', logger, timeoutMs });
  const keyOf = (hash: string): string => `persisted:${hash}`;
  const share = (hash: string, query: string): void => {
    guard.ask(() => kv.set(keyOf(hash), query, { ttlMs })).catch(() => {});
  };
  return {
    find(hash) {
      const here = near.get(hash);
      if (here !== undefined) return here;
      return guard
        .ask(() => kv.get(keyOf(hash)))
        .then(
          (query) => {
            if (query === undefined) return undefined;
            near.set(hash, query);
            // Asked for again: its time begins anew.
            share(hash, query);
            return query;
          },
          () => undefined,
        );
    },
    keep(hash, query) {
      if (holdsCardNumber(query)) return;
      near.set(hash, query);
      share(hash, query);
    },
  };
}
