/**
 * Does work that can be called off and has an end: its signal is aborted when the time is up, or when `signal` is. All
 * of it has to happen inside, reading an answer's body too: afterwards nothing aborts any more.
 *
 * `AbortSignal.any` of a signal and `AbortSignal.timeout` is no substitute: nothing but the garbage collector's mood
 * keeps the timeout, and once it is collected it never comes.
 *
 * @param ms in milliseconds
 * @throws whatever the work throws; work that hears its signal throws the signal's reason, a `TimeoutError` if time is up
 * @example await inTime(2_000, stopping, (signal) => fetch(url, { signal }).then((response) => response.text()));
 */
export async function inTime<Result>(
  ms: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const ending = new AbortController();
  const timer = setTimeout(() => {
    ending.abort(new DOMException(`It took longer than ${ms} ms.`, 'TimeoutError'));
  }, ms);
  const callOff = (): void => ending.abort(signal?.reason);
  signal?.addEventListener('abort', callOff, { once: true });
  if (signal?.aborted) callOff();
  try {
    return await work(ending.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', callOff);
  }
}
