/** How long {@link inTime} waits, and for what. */
export interface Patience {
  /** What the broker is to do, for the message: `RabbitMQ did not <what> within ...`. */
  readonly what: string;
  /** Longest silence, in milliseconds. */
  readonly limitMs: number;
  /** Aborted when nobody needs the answer any more. */
  readonly signal: AbortSignal;
}

/**
 * Waits for the broker, but not without limit: it may be frozen, or stuck in a queue, and then neither does what it is
 * asked nor refuses. What it does later goes unheard.
 *
 * @param work is given a function to call at each sign of life; the limit counts from the last one
 * @throws Error after the limit, and when the signal is aborted
 * @example await inTime({ what: 'open a channel', limitMs: 5_000, signal }, () => model.createChannel());
 */
export async function inTime<Result>(
  { what, limitMs, signal }: Patience,
  work: (alive: () => void) => Promise<Result>,
): Promise<Result> {
  let settle = (): void => {};
  let alive = (): void => {};
  const given = new Promise<never>((_, reject) => {
    const tooLate = (): void =>
      reject(new Error(`RabbitMQ did not ${what} within ${limitMs} ms: look at its log and its queues.`));
    const giveUp = (): void => reject(new Error(`Nobody waits any more for RabbitMQ to ${what}.`));
    const timer = setTimeout(tooLate, limitMs);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp);
    alive = () => void timer.refresh();
    settle = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
    };
  });
  const working = work(alive);
  working.catch(() => {}); // Lost with the connection, if it comes too late.
  try {
    return await Promise.race([given, working]);
  } finally {
    settle();
  }
}
