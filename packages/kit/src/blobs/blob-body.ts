import type { BlobBody } from './blob-store.js';

/** A body that ends with the signal's reason as soon as it is aborted, even while its source waits for ever. */
export async function* chunksOf(body: BlobBody, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  signal?.throwIfAborted();
  if (body instanceof Uint8Array) {
    yield body;
    return;
  }
  if (!signal) {
    yield* body;
    return;
  }
  const source = body[Symbol.asyncIterator]();
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(reasonOf(signal)), { once: true });
  });
  aborted.catch(() => {}); // it may come when nobody asks any more
  try {
    for (;;) {
      const step = await Promise.race([source.next(), aborted]);
      if (step.done) return;
      yield step.value;
    }
  } finally {
    const ended = source.return?.();
    // A source that waits for ever does not answer this either.
    if (!signal.aborted) await ended;
    else ended?.catch(() => {});
  }
}

const reasonOf = ({ reason }: AbortSignal): Error =>
  reason instanceof Error ? reason : new Error('The upload was given up.', { cause: reason });
