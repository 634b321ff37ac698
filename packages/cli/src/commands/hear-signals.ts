import { type ShutdownOptions, onShutdownSignals } from '@souk/kit/lifecycle';
import { ClearError } from '../clear-error.js';

/** Hears whether the process is to end. */
export interface Hearing {
  /** Aborted by SIGTERM, SIGINT or SIGHUP. */
  readonly signal: AbortSignal;
  stop(): void;
}

/**
 * Lets a command give its work up in order when it is told to end: without this a signal ends the process at once, and what
 * it holds elsewhere stays held. Another signal more than ten seconds later ends it at once.
 *
 * @example const hearing = hearSignals({ logger });
 */
export function hearSignals(options: ShutdownOptions): Hearing {
  const givingUp = new AbortController();
  const stop = onShutdownSignals((name) => {
    givingUp.abort(new ClearError(`Given up at ${name}.`));
    // The command ends the process, with its own exit code.
    return new Promise(() => {});
  }, options);
  return { signal: givingUp.signal, stop };
}
