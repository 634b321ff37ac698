import type { Logger } from '../log/logger.js';

/** SIGHUP is what a closed terminal sends. */
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** What {@link onShutdownSignals} needs. */
export interface ShutdownOptions {
  readonly logger: Logger;
  /**
   * A repeated signal within this time is ignored, in milliseconds: a signal to a process group often arrives
   * twice, once directly and once from the parent. @default 10_000
   */
  readonly graceMs?: number;
  /** @default process.exit */
  readonly exit?: (code: number) => void;
  /** @default Date.now */
  readonly now?: () => number;
  /** Where the signals arrive. @default process */
  readonly source?: Pick<NodeJS.Process, 'on' | 'off'>;
}

/**
 * Runs `handler` once on SIGTERM, SIGINT or SIGHUP and exits with 0 when it is done, with 1 when it fails. Another signal
 * after the grace time forces the exit.
 *
 * @returns a function that stops listening
 * @example onShutdownSignals(() => app.stop(), { logger });
 */
export function onShutdownSignals(
  handler: (signal: string) => Promise<void>,
  options: ShutdownOptions,
): () => void {
  const {
    logger,
    graceMs = 10_000,
    exit = (code) => process.exit(code),
    now = Date.now,
    source = process,
  } = options;
  let firstAt: number | undefined;

  const receive = (signal: NodeJS.Signals): void => {
    if (firstAt === undefined) {
      firstAt = now();
      logger.info({ signal }, 'shutting down');
      handler(signal).then(
        () => exit(0),
        (error: unknown) => {
          logger.error({ err: error }, 'shutdown failed');
          exit(1);
        },
      );
    } else if (now() - firstAt > graceMs) {
      logger.warn({ signal }, 'second signal, leaving without waiting');
      exit(1);
    }
  };
  for (const signal of SIGNALS) source.on(signal, receive);
  return () => {
    for (const signal of SIGNALS) source.off(signal, receive);
  };
}
