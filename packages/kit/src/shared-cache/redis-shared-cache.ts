import { createClient } from 'redis';
import { withDeadline } from '../lifecycle/deadline.js';
import type { Logger } from '../log/logger.js';
import { createDrops } from './drops.js';
import type { SharedCache, SharedCacheEvents, SharedPosition } from './shared-cache.js';

/** What {@link createRedisSharedCache} needs. */
export interface RedisSharedCacheOptions extends SharedCacheEvents {
  /** For example `redis://user:password@host:6379/0`. */
  readonly url: string;
  readonly logger: Logger;
  /** Goes before every key. In braces, so that a Redis Cluster keeps all of it together. @default '{souk:cache}:' */
  readonly prefix?: string;
  /** Longest wait for an answer, in milliseconds. @default 50 */
  readonly patienceMs?: number;
}

/** How long nobody asks a server that did not answer in time, in milliseconds. */
const PAUSE_MS = 1_000;
/** When what could not be dropped is tried again, in milliseconds: after the pause. */
const RETRY_MS = PAUSE_MS + 50;
/** How long after an invalidation nothing with that tag is taken: longer than a fetch from a subgraph may take. */
const GONE_MS = 10_000;

/** How long a position is waited for that only a connection can tell, in milliseconds. */
const FIRST_CONNECTION_MS = 2_000;

// KEYS: the entry; then for each tag where its end is marked, and where its entries are listed.
const SET = `
  for index = 2, #KEYS, 2 do
    if redis.call('EXISTS', KEYS[index]) == 1 then return 0 end
  end
  local ttl = tonumber(ARGV[2])
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ttl)
  for index = 3, #KEYS, 2 do
    redis.call('SADD', KEYS[index], KEYS[1])
    if redis.call('PTTL', KEYS[index]) < ttl then redis.call('PEXPIRE', KEYS[index], ttl) end
  end
  return 1`;

// KEYS: as above, without an entry.
const INVALIDATE = `
  for index = 1, #KEYS, 2 do
    redis.call('SET', KEYS[index], '', 'PX', ARGV[1])
    for _, entry in ipairs(redis.call('SMEMBERS', KEYS[index + 1])) do redis.call('UNLINK', entry) end
    redis.call('UNLINK', KEYS[index + 1])
  end`;

/**
 * A shared cache in Redis 6 or newer. The server tells every process what others changed (client-side caching,
 * `CLIENT TRACKING` in broadcast mode). Returns at once: the connection is made, and repaired, in the background.
 *
 * @example const cache = createRedisSharedCache({ url: config.REDIS_URL, logger, onChanged, onGap });
 */
export function createRedisSharedCache(options: RedisSharedCacheOptions): SharedCache {
  const { url, logger, prefix = '{souk:cache}:', patienceMs = 50, onChanged, onGap } = options;
  const entryPrefix = `${prefix}entry:`;
  let pausedUntil = 0;
  const client = createClient({
    url,
    RESP: 3,
    emitInvalidate: true,
    disableOfflineQueue: true,
    socket: { reconnectStrategy: (retries: number) => Math.min(50 * 2 ** retries, 2_000) },
  });
  client.on('error', (error: Error) => logger.warn({ err: error }, 'no connection to the shared cache'));
  client.on('invalidate', (key: Buffer | string | null) => {
    if (key === null) onGap();
    else onChanged(key.toString().slice(entryPrefix.length));
  });
  let hasBeenReady = false;
  client.on('ready', () => {
    if (hasBeenReady) onGap();
    hasBeenReady = true;
    // The client may have asked to be told of what it reads; Redis refuses the other mode until that has ended.
    const tracking = [
      client.sendCommand(['CLIENT', 'TRACKING', 'OFF']),
      client.sendCommand(['CLIENT', 'TRACKING', 'ON', 'BCAST', 'PREFIX', entryPrefix, 'NOLOOP']),
    ];
    Promise.all(tracking).catch((error: unknown) =>
      logger.warn({ err: error }, 'the shared cache tells of no changes'),
    );
  });
  const connected = client.connect();
  connected.catch(() => undefined);

  const isAskable = (): boolean => client.isReady && Date.now() >= pausedUntil;
  /** Undefined if the server is away or slow; it is left alone for a moment then. */
  const attempt = async <Reply>(ask: () => Promise<Reply>): Promise<Reply | undefined> => {
    if (!isAskable()) return undefined;
    try {
      return await withDeadline(ask(), patienceMs, 'The shared cache');
    } catch (error) {
      pausedUntil = Date.now() + PAUSE_MS;
      logger.debug({ err: error }, 'the shared cache does not answer');
      return undefined;
    }
  };
  const keysOf = (tags: readonly string[]): string[] =>
    tags.flatMap((tag) => [`${prefix}gone:${tag}`, `${prefix}tag:${tag}`]);

  const drops = createDrops({
    async send(tags) {
      const request = { keys: keysOf(tags), arguments: [String(GONE_MS)] };
      const done = await attempt(() => client.eval(INVALIDATE, request).then(() => true));
      return done === true;
    },
    onLost: onGap,
    retryMs: RETRY_MS,
  });

  return {
    async get(keys) {
      if (isAskable()) drops.retry();
      // The server answers in order, so this waits for nothing.
      const dropped = drops.settled();
      const found = await attempt(() => client.mGet(keys.map((key) => entryPrefix + key)));
      // What could not be dropped must not be found.
      const isSound = await dropped;
      return keys.map((_, index) => (isSound ? (found?.[index] ?? undefined) : undefined));
    },
    set(key, { text, ttlMs, tags }) {
      const keys = [entryPrefix + key, ...keysOf(tags)];
      void attempt(() => client.eval(SET, { keys, arguments: [text, String(Math.ceil(ttlMs))] }));
    },
    invalidate(tags) {
      if (tags.length > 0) drops.add(tags);
    },
    async position(name) {
      await withDeadline(connected, FIRST_CONNECTION_MS, 'Connecting').catch(() => undefined);
      const value = await attempt(() => client.get(`${prefix}position:${name}`));
      return positionIn(value ?? '');
    },
    savePosition(name, { position, since }) {
      void drops.settled().then((isSound) => {
        // Whoever goes on from there takes what was before for dropped. Otherwise a later position is saved.
        if (!isSound) return undefined;
        return attempt(() => client.set(`${prefix}position:${name}`, `${position} ${Math.ceil(since)}`));
      });
    },
    async close() {
      drops.stop();
      if (client.isReady) await client.close().catch(() => undefined);
      else client.destroy();
    },
  };
}

/** Undefined for what is not there, or was written by something else. */
function positionIn(text: string): SharedPosition | undefined {
  const [, position, since] = /^(\d+) (\d+)$/.exec(text) ?? [];
  return position === undefined ? undefined : { position: Number(position), since: Number(since) };
}
