import type { Logger } from '../log/logger.js';
import { backoff, worthTelling } from './backoff.js';

/** What {@link startWorkLoop} does, over and over. */
export interface WorkLoopOptions<Item> {
  /** For the log: what is worked at, for example `shipments`. */
  readonly name: string;
  /** Takes at most `limit` things to do, so that no other process takes them meanwhile. */
  readonly claim: (limit: number) => Promise<readonly Item[]>;
  /**
   * Does one of them. A rejection is logged and nothing else: the thing must become claimable again by itself.
   *
   * @param signal aborted when the loop is stopped
   */
  readonly work: (item: Item, signal: AbortSignal) => Promise<void>;
  readonly logger: Logger;
  /** Most things under way at one time. @default 100 */
  readonly atOnce?: number;
  /** Pause between two looks without a wake-up, in milliseconds. @default 500 */
  readonly everyMs?: number;
}

/** A running loop. */
export interface WorkLoop {
  /** There is something to do: look now. */
  wake(): void;
  /** Stops claiming and waits for what is under way. */
  stop(): Promise<void>;
}

/**
 * Takes what is due from a store that several processes share, and does it side by side: a slow thing holds up no
 * other, and whenever one is done there is a look for more.
 *
 * @example const loop = startWorkLoop({ name: 'mails', claim: (limit) => claimMails(pool, limit), work: sendMail, logger });
 */
export function startWorkLoop<Item>(options: WorkLoopOptions<Item>): WorkLoop {
  const { name, claim, work, logger, atOnce = 100, everyMs = 500 } = options;
  const stopping = new AbortController();
  const underWay = new Set<Promise<void>>();
  let failures = 0;
  let woken = false;
  let interrupt = (): void => {};
  const wake = (): void => {
    woken = true;
    interrupt();
  };
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      interrupt = () => {
        clearTimeout(timer);
        resolve();
      };
      if (woken) interrupt();
    });

  const look = async (): Promise<void> => {
    const free = atOnce - underWay.size;
    if (free <= 0) return;
    for (const item of await claim(free)) {
      const done = work(item, stopping.signal)
        .catch((error: unknown) => logger.warn({ err: error }, `cannot work at ${name}, trying again`))
        .then(() => {
          underWay.delete(done);
          wake();
        });
      underWay.add(done);
    }
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      woken = false;
      try {
        await look();
        failures = 0;
      } catch (error) {
        failures += 1;
        if (worthTelling(failures))
          logger.warn({ err: error, failures }, `cannot look for ${name}, trying again`);
      }
      if (stopping.signal.aborted) return;
      await pause(failures === 0 ? everyMs : Math.max(everyMs, backoff(failures, { maxMs: 5_000 })));
    }
  };
  const ended = run();
  return {
    wake,
    async stop() {
      stopping.abort();
      wake();
      await ended;
      await Promise.all(underWay);
    },
  };
}
