import type { Logger } from '../log/logger.js';
import { sleep } from './sleep.js';

/** What {@link workInPortions} does, over and over. */
export interface PortionOptions {
  /** Does what is due, a limited number at a time. @returns whether there may be more of it */
  readonly portion: () => Promise<boolean>;
  /** Pause before the next look if there is no more, or if it failed, in milliseconds. */
  readonly everyMs: number;
  readonly logger: Logger;
  /** What the log says of a failure, for example `cannot drive sagas`. */
  readonly failure: string;
}

/**
 * Does what is due in portions, one after the other, until it is stopped. A portion that fails is tried again after the pause.
 *
 * @returns something to stop: the portion under way is finished
 * @example const driver = workInPortions({ portion: () => driveDue(deps), everyMs: 1_000, logger, failure: 'cannot drive sagas' });
 */
export function workInPortions({ portion, everyMs, logger, failure }: PortionOptions): {
  stop(): Promise<void>;
} {
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const more = await portion().catch((error: unknown) => {
        logger.warn({ err: error }, `${failure}, trying again`);
        return false;
      });
      if (!more) await sleep(everyMs, stopping.signal);
    }
  };
  const ended = run();
  return {
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}
