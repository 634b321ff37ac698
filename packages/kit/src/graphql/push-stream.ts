/** Where a {@link pushStream} gets its items from. */
export interface PushSource<Item> {
  /** Called once, at once. Call `wake` when there may be something to pull. @returns what ends the interest */
  readonly subscribe: (wake: () => void) => () => void;
  /** What there is to push now, oldest first. Called once before anybody has woken, and never twice at a time. */
  readonly pull: () => Promise<readonly Item[]>;
}

/**
 * The stream of a subscription: it pulls at the start and whenever it is woken. Written by hand because a generator
 * that waits queues `return()` behind the wait: here it ends the wait at once, and the interest with it. A pull that
 * fails ends the stream with its error.
 *
 * @example pushStream({ subscribe: (wake) => changes.watch(id, wake), pull: async () => [await read(id)] })
 */
export function pushStream<Item>(source: PushSource<Item>): AsyncIterableIterator<Item, undefined> {
  const buffer: Item[] = [];
  let wake = (): void => {};
  let woken = false;
  let ended = false;
  const unsubscribe = source.subscribe(() => {
    woken = true;
    wake();
  });
  const end = (): void => {
    if (ended) return;
    ended = true;
    unsubscribe();
    wake();
  };
  const wait = (): Promise<void> =>
    new Promise((resolve) => {
      if (woken || ended) return resolve();
      wake = resolve;
    });
  const next = async (): Promise<IteratorResult<Item, undefined>> => {
    while (!ended) {
      const item = buffer.shift();
      if (item !== undefined) return { done: false, value: item };
      woken = false;
      buffer.push(...(await source.pull()));
      if (buffer.length === 0) await wait();
    }
    return { done: true, value: undefined };
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    // One at a time: two pulls at once could tell changes out of order.
    next: () => {
      const result = last.then(next);
      last = result.catch(end);
      return result;
    },
    async return() {
      end();
      return { done: true, value: undefined };
    },
    async throw(error: unknown) {
      end();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
