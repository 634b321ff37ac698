import { randomUUID } from 'node:crypto';
import { createClient, defineScript } from 'redis';
import { withDeadline } from '../lifecycle/deadline.js';
import type { Logger } from '../log/logger.js';
import type { Kv } from './kv.js';

/** What {@link connectRedisKv} needs. */
export interface RedisKvOptions {
  /** For example `redis://user:password@host:6379/0`. */
  readonly url: string;
  readonly logger: Logger;
  /** Goes before every key and channel. @default 'souk:' */
  readonly prefix?: string;
  /** Longest wait for the first connection, in milliseconds. @default 5_000 */
  readonly connectTimeoutMs?: number;
  /** Longest wait for the answer to a command, in milliseconds: a server that froze keeps its connections. @default 2_000 */
  readonly commandTimeoutMs?: number;
  /**
   * Whether the server must be there now. `false` is for those who can do without it for a while: the connection is
   * sought until it is there, and commands fail meanwhile.
   * @default true
   */
  readonly mustAnswer?: boolean;
}

/** Most commands without an answer; more fail at once. */
const MOST_WAITING = 10_000;

const INCREMENT = `
  local count = redis.call('INCRBY', KEYS[1], ARGV[1])
  if ARGV[2] ~= '' and redis.call('PTTL', KEYS[1]) == -1 and count == tonumber(ARGV[1]) then
    redis.call('PEXPIRE', KEYS[1], ARGV[2])
  end
  return count`;

// The server's clock is used, so that replicas whose clocks differ share one bucket. Numbers go back as text:
// Redis would cut a Lua float to a whole number.
// With a fourth argument tokens are put back instead: all of them, up to the capacity.
const TAKE_TOKENS = `
  local capacity, rate, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local bucket = redis.call('HMGET', KEYS[1], 'tokens', 'at')
  local held = capacity
  if bucket[1] then
    held = math.min(capacity, tonumber(bucket[1]) + math.max(0, now - tonumber(bucket[2])) / 1000 * rate)
  end
  local allowed = held >= wanted
  if ARGV[4] then held = math.min(capacity, held + wanted)
  elseif allowed then held = held - wanted end
  redis.call('HSET', KEYS[1], 'tokens', tostring(held), 'at', now)
  redis.call('PEXPIRE', KEYS[1], math.ceil((capacity - held) / rate * 1000) + 1000)
  local wait = 0
  if not allowed then wait = math.ceil((wanted - held) / rate * 1000) end
  return { allowed and 1 or 0, math.max(0, math.floor(held)), wait }`;

const RELEASE = `
  if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
  return 0`;

const EXTEND = `
  if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
  return 0`;

/** A script over one key, so that it also runs in a cluster. */
const script = <Reply>(text: string, toReply: (reply: unknown) => Reply) =>
  defineScript({
    SCRIPT: text,
    NUMBER_OF_KEYS: 1,
    parseCommand(parser, key: string, ...values: string[]) {
      parser.pushKey(key);
      parser.push(...values);
    },
    transformReply: toReply,
  });

const scripts = {
  countUp: script(INCREMENT, Number),
  takeFromBucket: script(TAKE_TOKENS, (reply) => (reply as unknown[]).map(Number)),
  extendLock: script(EXTEND, (reply) => Number(reply) === 1),
  releaseLock: script(RELEASE, (reply) => Number(reply) === 1),
};

/**
 * Connects to Redis 6 or newer. Later losses of the connection are logged and repaired by the client; commands fail
 * meanwhile instead of piling up.
 *
 * @throws Error if the server must answer, and does not in time
 * @example const kv = await connectRedisKv({ url: config.REDIS_URL, logger });
 */
export async function connectRedisKv(options: RedisKvOptions): Promise<Kv> {
  const { url, logger, prefix = 'souk:', mustAnswer = true } = options;
  const { connectTimeoutMs = 5_000, commandTimeoutMs = 2_000 } = options;
  let isWanted = !mustAnswer;
  const settings = {
    url,
    scripts,
    disableOfflineQueue: true,
    commandsQueueMaxLength: MOST_WAITING,
    socket: {
      connectTimeout: connectTimeoutMs,
      // The first connection must be there at once; one that is lost later is sought until it is back.
      reconnectStrategy: (retries: number, cause: Error) =>
        isWanted ? Math.min(50 * 2 ** retries, 2_000) : cause,
    },
  };
  const client = createClient(settings);
  const listener = createClient(settings);
  for (const connection of [client, listener]) {
    connection.on('error', (error: Error) => {
      if (isWanted) logger.warn({ err: error }, 'no connection to redis');
    });
  }
  try {
    const connected = Promise.all([client.connect(), listener.connect()]);
    if (mustAnswer) await withDeadline(connected, connectTimeoutMs, 'Connecting to Redis');
    else connected.catch(() => {});
    isWanted = true;
  } catch (cause) {
    for (const connection of [client, listener]) connection.destroy();
    throw new Error('No Redis answers. Check REDIS_URL and that the server is up.', { cause });
  }

  const inTime = <Reply>(command: Promise<Reply>): Promise<Reply> =>
    withDeadline(command, commandTimeoutMs, 'A command to Redis');

  return {
    isShared: true,
    get: async (key) => (await inTime(client.get(prefix + key))) ?? undefined,
    async set(key, value, { ttlMs, onlyIfAbsent = false } = {}) {
      const reply = await inTime(
        client.set(prefix + key, value, {
          ...(ttlMs === undefined
            ? {}
            : { expiration: { type: 'PX', value: Math.max(1, Math.round(ttlMs)) } }),
          ...(onlyIfAbsent ? { condition: 'NX' } : {}),
        }),
      );
      return reply !== null;
    },
    delete: async (key) => (await inTime(client.del(prefix + key))) === 1,
    increment: (key, { by = 1, ttlMs } = {}) =>
      inTime(client.countUp(prefix + key, String(by), ttlMs === undefined ? '' : String(Math.round(ttlMs)))),
    async takeTokens(key, { capacity, refillPerSecond, tokens = 1 }) {
      const bucket = [capacity, refillPerSecond, tokens].map(String);
      const reply = await inTime(client.takeFromBucket(prefix + key, ...bucket));
      const [allowed = 0, remaining = 0, retryAfterMs = 0] = reply;
      return { allowed: allowed === 1, remaining, retryAfterMs };
    },
    async putTokens(key, { capacity, refillPerSecond, tokens }) {
      const bucket = [capacity, refillPerSecond, tokens].map(String);
      await inTime(client.takeFromBucket(prefix + key, ...bucket, 'put'));
    },
    async acquireLock(key, ttlMs) {
      const holder = randomUUID();
      const reply = await inTime(
        client.set(prefix + key, holder, { expiration: { type: 'PX', value: ttlMs }, condition: 'NX' }),
      );
      if (reply === null) return undefined;
      return {
        extend: (extraMs) => inTime(client.extendLock(prefix + key, holder, String(extraMs))),
        release: () => inTime(client.releaseLock(prefix + key, holder)),
      };
    },
    async publish(channel, message) {
      await inTime(client.publish(prefix + channel, message));
    },
    async subscribe(channel, receive) {
      const onMessage = (message: string): void => receive(message);
      await listener.subscribe(prefix + channel, onMessage);
      return async () => {
        // A connection that was closed has no subscriptions, and would never answer.
        if (listener.isOpen) await inTime(listener.unsubscribe(prefix + channel, onMessage));
      };
    },
    async close() {
      await Promise.allSettled(
        // Closing waits for answers that are still to come: not for those of a server that froze.
        [client, listener].map((connection) => inTime(connection.close()).catch(() => connection.destroy())),
      );
    },
  };
}
