/**
 * Rejects if the work has not ended in time. The work itself goes on: this only stops waiting for it.
 *
 * @param what names the work in the message
 * @throws Error after `ms`
 * @example await withDeadline(server.close(), 5_000, 'closing the server');
 */
export async function withDeadline<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${ms} ms.`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
