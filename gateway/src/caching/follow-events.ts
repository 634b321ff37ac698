import { type EventLog, type RecordedEvent, runConsumer } from '@souk/kit/events';
import { withDeadline } from '@souk/kit/lifecycle';
import type { Logger } from '@souk/kit/log';

export interface FollowOptions {
  readonly source: string;
  readonly types: readonly string[];
  readonly log: EventLog;
  readonly logger: Logger;
  /** Where it stands in the log; it begins with what is published from now on unless somebody knows better. */
  readonly position: Position;
  /**
   * Told when it begins, as soon as it is known where: nothing tells of changes before now, unless others have taken
   * them in and saved where they were.
   */
  readonly onBegin: (isSaved: boolean) => void;
  /** Takes events in; called in their order. */
  readonly onEvents: (events: readonly RecordedEvent[]) => void;
  /** Told whenever it becomes known that everything published was heard, or that this is not so. */
  readonly onHeard: (isHeard: boolean) => void;
}

/** Up to where a log was heard; it outlives those who follow it. */
export interface Position {
  /** Where this process was; undefined if it has to begin. */
  readonly heard: number | undefined;
  /** Where others were. */
  load(): Promise<number | undefined>;
  save(position: number): void;
}

/** A log that says nothing within this time is asked again, so that a broken connection is noticed. Milliseconds. */
const LISTEN_MS = 2_000;
/** What an answer may take beyond that. Milliseconds. */
const ANSWER_MS = 1_000;

/**
 * Follows a subgraph's events for as long as the gateway lives. In one process a committed event arrives by a wake-up,
 * over HTTP by a long-poll that is answered at once; what a lost connection would hide is never believed in meanwhile
 * (`onHeard`).
 */
export function followEvents(options: FollowOptions): { stop(): Promise<void> } {
  const { source, types, log, logger, position, onBegin, onEvents, onHeard } = options;

  /** A log that does not answer in time counts as one that fails: what it may still say is not waited for. */
  const watched = async <Result>(ask: () => Promise<Result>, forMs: number): Promise<Result> => {
    try {
      return await withDeadline(ask(), forMs, `Reading the events of ${source}`);
    } catch (error) {
      onHeard(false);
      throw error;
    }
  };
  const heardLog: EventLog = {
    head: () => watched(() => log.head(), ANSWER_MS),
    async read(after, limit) {
      const events = await watched(() => log.read(after, limit), ANSWER_MS);
      if (events.length === 0) onHeard(true);
      return events;
    },
    waitBeyond: (after, _waitMs, signal) =>
      watched(() => log.waitBeyond(after, LISTEN_MS, signal), LISTEN_MS + ANSWER_MS),
  };

  return runConsumer(
    heardLog,
    {
      consumer: 'gateway',
      owner: source,
      types,
      cursor: {
        async load() {
          if (position.heard !== undefined) return position.heard;
          const saved = await position.load();
          const first = saved ?? (await heardLog.head());
          onBegin(saved !== undefined);
          position.save(first);
          return first;
        },
      },
      deliver: async (events, upTo) => {
        onEvents(events);
        position.save(upTo);
      },
    },
    { logger, maxBackoffMs: 500 },
  );
}
