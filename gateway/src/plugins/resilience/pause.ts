/** Waits. @returns false if the signal was aborted meanwhile: nobody waits any more */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (): void => {
      signal?.removeEventListener('abort', leave);
      resolve(true);
    };
    const timer = setTimeout(end, ms);
    const leave = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    if (signal?.aborted) leave();
    else signal?.addEventListener('abort', leave, { once: true });
  });
}
