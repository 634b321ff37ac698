import type { Logger } from '@souk/kit/log';
import { type Pool, type SqlExecutor, pgExecutor, startListener } from '@souk/kit/postgres';
import type { OrderStatus } from '../domain/order-status.js';

/** An order has reached a version. */
export interface OrderChange {
  readonly orderId: string;
  readonly version: number;
  readonly status: OrderStatus;
}

/** Tells whoever waits for an order, on any replica, that it has changed. */
export interface OrderChanges {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Calls back for each new version of one order, until the returned function is called. */
  watch(orderId: string, onChange: (change: OrderChange) => void): () => void;
  /** The same for every order. */
  watchAll(onChange: (change: OrderChange) => void): () => void;
}

const CHANNEL = 'order_changed';
/** PostgreSQL takes at most 8,000 bytes in a notification. */
const CHANGES_A_NOTIFICATION = 80;
/** How many orders' latest versions are remembered, to tell each version once. */
const REMEMBERED = 10_000;
/** How much later than its `updated_at` a change may be announced, by a slow transaction or another clock. In milliseconds. */
const LATE_MS = 5_000;

/** Announces changes when the transaction commits. Call it in the transaction that makes them. */
export async function notifyChanges(sql: SqlExecutor, changes: readonly OrderChange[]): Promise<void> {
  const texts: string[] = [];
  for (let from = 0; from < changes.length; from += CHANGES_A_NOTIFICATION) {
    const part = changes.slice(from, from + CHANGES_A_NOTIFICATION);
    texts.push(JSON.stringify(part.map(({ orderId, version, status }) => [orderId, version, status])));
  }
  if (texts.length === 0) return;
  await sql.query(`SELECT pg_notify('${CHANNEL}', text) FROM unnest($1::text[]) AS text`, [texts]);
}

/** Only {@link notifyChanges} writes to the channel, so its text has the shape that it writes. */
const parse = (text: string): readonly OrderChange[] =>
  (JSON.parse(text) as [string, number, OrderStatus][]).map(([orderId, version, status]) => ({
    orderId,
    version,
    status,
  }));

/**
 * Changes come by LISTEN, whichever replica made them. A poll of the watched orders finds what a lost connection
 * has missed; for those who watch every order, what has changed since something was last heard is read once it is back.
 *
 * @param options.pollMs pause between two polls while somebody watches, in milliseconds @default 1_000
 */
export function createOrderChanges(options: {
  readonly pool: Pool;
  readonly url: string;
  readonly logger: Logger;
  readonly clock: () => Date;
  readonly pollMs?: number;
}): OrderChanges {
  const { pool, url, logger, clock, pollMs = 1_000 } = options;
  const watchers = new Map<string, Set<(change: OrderChange) => void>>();
  const everything = new Set<(change: OrderChange) => void>();
  const latest = new Map<string, number>();
  let heardAt = clock();
  let missedSince: Date | undefined;
  let listener: { stop(): Promise<void> } | undefined;
  let timer: NodeJS.Timeout | undefined;
  let polling: Promise<void> = Promise.resolve();

  const remember = ({ orderId, version }: OrderChange): void => {
    latest.delete(orderId);
    latest.set(orderId, version);
    if (latest.size > REMEMBERED) latest.delete(latest.keys().next().value ?? orderId);
  };
  const announce = (change: OrderChange): void => {
    if ((latest.get(change.orderId) ?? 0) >= change.version) return;
    remember(change);
    for (const tell of watchers.get(change.orderId) ?? []) tell(change);
    for (const tell of everything) tell(change);
  };
  const catchUp = async (): Promise<void> => {
    const since = missedSince;
    missedSince = undefined;
    if (!since || everything.size === 0) return;
    try {
      const changes = await pgExecutor(pool).query<OrderChange>(
        'SELECT id AS "orderId", version, status FROM orders WHERE updated_at >= $1 ORDER BY updated_at',
        [new Date(since.getTime() - LATE_MS)],
      );
      for (const change of changes) announce(change);
    } catch (error) {
      missedSince = since;
      throw error;
    }
  };
  const poll = async (): Promise<void> => {
    await catchUp();
    if (watchers.size === 0) return;
    const changes = await pgExecutor(pool).query<OrderChange>(
      'SELECT id AS "orderId", version, status FROM orders WHERE id = ANY($1)',
      [[...watchers.keys()]],
    );
    for (const change of changes) announce(change);
  };
  const pollNow = (): void => {
    polling = polling.then(poll).catch((error: unknown) => {
      logger.warn({ err: error }, 'cannot look for changed orders, trying again');
    });
  };

  return {
    async start() {
      if (listener) return;
      listener = await startListener({
        url,
        logger,
        channels: [CHANNEL],
        onNotification(_channel, text) {
          // Without a text the listener tells that it was away for a while. It does so before it passes on anything
          // new, so what was heard last is from before.
          if (text === '') {
            missedSince ??= heardAt;
            pollNow();
          } else parse(text).forEach(announce);
          heardAt = clock();
        },
      });
      heardAt = clock();
      timer = setInterval(pollNow, pollMs);
    },
    async stop() {
      clearInterval(timer);
      await listener?.stop();
      await polling;
    },
    watch(orderId, onChange) {
      const set = watchers.get(orderId) ?? new Set();
      watchers.set(orderId, set.add(onChange));
      return () => {
        set.delete(onChange);
        if (set.size === 0 && watchers.get(orderId) === set) watchers.delete(orderId);
      };
    },
    watchAll(onChange) {
      everything.add(onChange);
      return () => everything.delete(onChange);
    },
  };
}
