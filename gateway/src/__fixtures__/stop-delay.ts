/** The time that a gateway still takes requests after it was told to stop: as long as a test wants it. */
export interface StopDelay {
  readonly delay: () => Promise<void>;
  /** From here on it is over. */
  end(): void;
}

/**
 * @example
 * const stopDelay = openStopDelay();
 * const running = await startGateway(apps, { options: { server: { stopDelayMs: 1 } }, delay: stopDelay.delay });
 */
export function openStopDelay(): StopDelay {
  let end = (): void => {};
  const over = new Promise<void>((resolve) => (end = resolve));
  return { delay: () => over, end };
}
