import type { EventLog } from '../event-log.js';
import type { RecordedEvent } from '../event.js';
import { type EventSubscription, wantedBy } from '../transport.js';

/** Reads from the owner's log what did not come another way, and moves the cursor over what did. */
export interface LogSweep {
  /** Notes an event whose effect is stored. */
  applied(event: RecordedEvent): void;
  /**
   * Delivers what is missing among the events that were in the log at the last call. A younger one may still be on
   * its way.
   *
   * @returns how many were missing
   */
  readWhatIsMissing(): Promise<number>;
  /**
   * Delivers what comes next in the log, whatever its age.
   * @returns false if there was nothing
   */
  readOn(): Promise<boolean>;
  /** Where `readOn` goes on. */
  position(): number;
  /** Trusts nothing but the stored cursor: others may have moved it, and an answer may have been lost. */
  beginAgain(): void;
}

/** What is remembered of applied events at most; forgetting only costs a delivery that the inbox drops. */
const REMEMBERED = 100_000;

/** @example const sweep = createLogSweep({ log, subscription, batchSize: 500 }); await sweep.readWhatIsMissing(); */
export function createLogSweep(options: {
  readonly log: EventLog;
  readonly subscription: EventSubscription;
  readonly batchSize: number;
}): LogSweep {
  const { log, subscription, batchSize } = options;
  const { owner, cursor, deliver } = subscription;
  const isWanted = wantedBy(subscription);
  /** Positions by id: an id decides, since positions begin anew with an owner's new database. */
  const applied = new Map<string, number>();
  let position: number | undefined;
  let lastHead = 0;

  /** Goes on from the cursor to `last` at most. Returns how many were missing; undefined at the end of the log. */
  const readPage = async (last: number): Promise<number | undefined> => {
    position ??= await cursor.load(owner);
    const page = await log.read(position, batchSize);
    const settled = page.filter((event) => event.position <= last);
    if (settled.length === 0) return undefined;
    const upTo = settled.reduce((highest, event) => Math.max(highest, event.position), position);
    const missing = settled.filter(({ id, type }) => isWanted(type) && !applied.has(id));
    await deliver(missing, upTo);
    position = upTo;
    for (const [id, at] of applied) if (at <= upTo) applied.delete(id);
    return missing.length;
  };

  return {
    applied({ id, position: at }) {
      if (applied.size >= REMEMBERED) applied.clear();
      applied.set(id, at);
    },
    async readWhatIsMissing() {
      const settledHead = lastHead;
      let missing = 0;
      if (position === undefined || position < settledHead) {
        // Another replica may have moved the cursor.
        position = await cursor.load(owner);
        while (position < settledHead) {
          const missingInPage = await readPage(settledHead);
          if (missingInPage === undefined) break;
          missing += missingInPage;
        }
      }
      lastHead = await log.head();
      return missing;
    },
    readOn: async () => (await readPage(Infinity)) !== undefined,
    position: () => position ?? 0,
    beginAgain() {
      position = undefined;
      lastHead = 0;
    },
  };
}
