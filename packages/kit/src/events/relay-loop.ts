import { backoff, worthTelling } from '../lifecycle/backoff.js';
import type { Logger } from '../log/logger.js';

/** A background loop that works while there is work and otherwise sleeps until it is woken or polls. */
export interface RelayLoop {
  /** Makes the loop run at once (or once more, if it is running). */
  wake(): void;
  /** Resolves when the step in progress has ended and no other will begin. */
  stop(): Promise<void>;
}

/** What {@link startRelayLoop} needs. */
export interface RelayLoopOptions {
  /** Does one portion; `true` means there may be more, so come back at once. */
  readonly step: () => Promise<boolean>;
  readonly logger: Logger;
  /** First pause after work or a wake-up, in milliseconds; it doubles up to `idleMs`. @default idleMs */
  readonly busyMs?: number;
  /** Longest pause between two looks, in milliseconds: the safety net for a lost wake-up. @default 500 */
  readonly idleMs?: number;
}

/**
 * Runs `step` for ever: at once after a wake-up, by poll otherwise, with growing pauses while it fails.
 *
 * @example const loop = startRelayLoop({ step: relayPortion, logger }); loop.wake(); await loop.stop();
 */
export function startRelayLoop(options: RelayLoopOptions): RelayLoop {
  const { step, logger, idleMs = 500, busyMs = idleMs } = options;
  let stopped = false;
  let woken = false;
  let interrupt = (): void => {};

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      interrupt = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const run = async (): Promise<void> => {
    let failures = 0;
    let pauseMs = busyMs;
    while (!stopped) {
      const wasWoken = woken;
      woken = false;
      try {
        const more = await step();
        failures = 0;
        if (more || wasWoken) pauseMs = busyMs;
        if (!more && !woken && !stopped) {
          await pause(pauseMs);
          pauseMs = Math.min(idleMs, pauseMs * 2);
        }
      } catch (error) {
        failures += 1;
        if (stopped) return;
        if (worthTelling(failures)) logger.warn({ err: error, failures }, 'event relay failed, trying again');
        await pause(backoff(failures, { maxMs: 2_000 }));
      }
    }
  };
  const ended = run();

  return {
    wake() {
      woken = true;
      interrupt();
    },
    async stop() {
      stopped = true;
      interrupt();
      await ended;
    },
  };
}
