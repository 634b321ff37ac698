/** A sleep that can be cut short, also by a call that came just before it. */
export interface Waker {
  wake(): void;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export function createWaker(): Waker {
  let isWoken = false;
  let interrupt = (): void => {};
  return {
    wake() {
      isWoken = true;
      interrupt();
    },
    async sleep(ms, signal) {
      if (!isWoken && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const done = (): void => {
            clearTimeout(timer);
            signal.removeEventListener('abort', done);
            resolve();
          };
          const timer = setTimeout(done, ms);
          signal.addEventListener('abort', done, { once: true });
          interrupt = done;
        });
      }
      isWoken = false;
    },
  };
}
