import type { Db } from 'mongodb';
import type { OwnedEventLog } from '../events/event-log.js';
import { createHeadWatch } from '../events/head-watch.js';
import { createLogTail } from '../events/log-tail.js';
import { type RelayLoop, startRelayLoop } from '../events/relay-loop.js';
import type { Logger } from '../log/logger.js';
import { readHead } from './append.js';
import { cursorsOf, eventsOf, fromDocument } from './event-documents.js';
import { relayPending } from './relay.js';

/** What {@link createMongoEventLog} needs. */
export interface MongoEventLogOptions {
  readonly database: Db;
  /** The subgraph whose log this is. */
  readonly source: string;
  /** The collections whose documents carry pending events. */
  readonly collections: readonly string[];
  readonly logger: Logger;
  /** Longest pause between two looks while nothing happens, in milliseconds. @default 500 */
  readonly pollMs?: number;
}

/**
 * The log over the collection `events`, filled from the documents of `collections`. Any number of replicas may run
 * it. Call `hint()` after a write and the event is seen at once; without it the poll finds it (25 ms after the last
 * activity, growing to `pollMs`). Run `prepareEvents` first.
 *
 * @example const log = createMongoEventLog({ database, source: 'inventory', collections: ['stock_items'], logger });
 */
export function createMongoEventLog(options: MongoEventLogOptions): OwnedEventLog {
  const { database, source, collections, pollMs = 500 } = options;
  const logger = options.logger.child({ eventLog: source });
  const events = eventsOf(database);
  const cursors = cursorsOf(database);
  const ending = new AbortController();
  const watch = createHeadWatch();
  const tail = createLogTail();
  let loop: RelayLoop | undefined;

  const step = async (): Promise<boolean> => {
    const before = watch.head();
    const { head, appended, more } = await relayPending(database, events, collections, before);
    tail.append(appended);
    // Nothing of ours: another replica's relay may have appended.
    const known = head > before ? head : await headFrom(before);
    watch.advance(known);
    return more || known > before;
  };
  const headFrom = async (position: number): Promise<number> =>
    (await events.findOne({ position: position + 1 }, { projection: { _id: 1 } }))
      ? readHead(events)
      : position;

  return {
    async start() {
      if (loop) return;
      watch.advance(await readHead(events));
      loop = startRelayLoop({ step, logger, busyMs: 25, idleMs: pollMs });
    },
    async stop() {
      ending.abort();
      await loop?.stop();
      tail.clear();
    },
    hint: () => loop?.wake(),
    async read(after, limit) {
      const fresh = tail.read(after, limit, watch.head());
      if (fresh.length > 0) return fresh;
      const documents = await events
        .find({ position: { $gt: after } })
        .sort({ position: 1 })
        .limit(limit)
        .toArray();
      return documents.map(fromDocument);
    },
    waitBeyond: (after, timeoutMs, signal) => watch.waitBeyond(after, timeoutMs, signal),
    head: () => readHead(events),
    bookmark(name) {
      const _id = `forwarder:${name}:${source}`;
      return {
        load: async () => (await cursors.findOne({ _id }))?.position ?? 0,
        async store(position) {
          await cursors.updateOne({ _id }, { $max: { position } }, { upsert: true });
        },
      };
    },
    ended: ending.signal,
  };
}
