import type { Logger } from '../log/logger.js';
import { withDeadline } from './deadline.js';

/** Something that is started and stopped with the process. */
export interface Part {
  readonly name: string;
  readonly start?: () => Promise<void>;
  readonly stop?: () => Promise<void>;
  /** Longest wait for start or stop, in milliseconds. @default 10_000 */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 10_000;

/**
 * Starts the parts one after the other. If one fails, those already started are stopped again, newest first, and
 * its error is thrown.
 *
 * @example await startAll([database, subgraph, server], logger);
 */
export async function startAll(parts: readonly Part[], logger: Logger): Promise<void> {
  const started: Part[] = [];
  for (const part of parts) {
    try {
      await withDeadline(
        Promise.resolve(part.start?.()),
        part.timeoutMs ?? DEFAULT_TIMEOUT_MS,
        `Starting ${part.name}`,
      );
      started.push(part);
    } catch (error) {
      logger.error({ err: error, part: part.name }, 'could not start');
      await stopAll([...started, part], logger);
      throw error;
    }
  }
}

/**
 * Stops the parts in reverse order. A part that fails or hangs is logged and does not keep the others running.
 *
 * @param parts in the order in which they were started
 * @returns true if every part stopped cleanly
 */
export async function stopAll(parts: readonly Part[], logger: Logger): Promise<boolean> {
  let clean = true;
  for (const part of [...parts].reverse()) {
    try {
      await withDeadline(
        Promise.resolve(part.stop?.()),
        part.timeoutMs ?? DEFAULT_TIMEOUT_MS,
        `Stopping ${part.name}`,
      );
    } catch (error) {
      clean = false;
      logger.error({ err: error, part: part.name }, 'could not stop cleanly');
    }
  }
  return clean;
}
