/** How long one request is waited for. */
export interface Patience {
  /** Aborted when the time is over or the caller gave up. */
  readonly signal: AbortSignal;
  /** True if it was the time. */
  isOver(): boolean;
  /** To be called when the request has ended, or timers and listeners pile up. */
  end(): void;
}

/**
 * Joins the caller's signal with a time limit. `AbortSignal.any` would do the same, but leaves a trace on the caller's
 * signal for each request, and a subscription's signal lives for hours.
 *
 * @param ms in milliseconds
 */
export function limitPatience(caller: AbortSignal | undefined, ms: number): Patience {
  const controller = new AbortController();
  let over = false;
  const giveUp = (): void => controller.abort();
  const timer = setTimeout(() => {
    over = true;
    controller.abort();
  }, ms);
  if (caller?.aborted) giveUp();
  caller?.addEventListener('abort', giveUp, { once: true });
  return {
    signal: controller.signal,
    isOver: () => over,
    end() {
      clearTimeout(timer);
      caller?.removeEventListener('abort', giveUp);
    },
  };
}
