/** The newest position this process knows of, and those who wait for a newer one. */
export interface HeadWatch {
  head(): number;
  /** Takes in a position; wakes everybody who waits for less. Older ones are ignored. */
  advance(position: number): void;
  waitBeyond(after: number, timeoutMs: number, signal: AbortSignal): Promise<void>;
}

/** @example const watch = createHeadWatch(); watch.advance(7); await watch.waitBeyond(6, 1_000, signal); */
export function createHeadWatch(): HeadWatch {
  let head = 0;
  const waiting = new Set<{ after: number; wake: () => void }>();
  return {
    head: () => head,
    advance(position) {
      if (position <= head) return;
      head = position;
      for (const waiter of waiting) if (waiter.after < head) waiter.wake();
    },
    waitBeyond(after, timeoutMs, signal) {
      if (head > after || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', wake);
          waiting.delete(waiter);
          resolve();
        };
        const waiter = { after, wake };
        const timer = setTimeout(wake, timeoutMs);
        signal.addEventListener('abort', wake, { once: true });
        waiting.add(waiter);
      });
    },
  };
}
