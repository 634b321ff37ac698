/** A stream that a test feeds by hand, and that knows how many readers it has. */
export interface PushSource<Item> {
  /** Readers that have not left yet. */
  readonly open: number;
  push(item: Item): void;
  /** Breaks every reader's stream. */
  fail(error: Error): void;
  /** Ends every reader's stream. */
  end(): void;
  subscribe(): AsyncIterableIterator<Item>;
}

type Settle<Item> = {
  resolve: (step: IteratorResult<Item, undefined>) => void;
  reject: (error: Error) => void;
};

export function createPushSource<Item>(): PushSource<Item> {
  const readers = new Set<{ push: (item: Item) => void; fail: (error: Error) => void; end: () => void }>();
  const done: IteratorResult<Item, undefined> = { done: true, value: undefined };

  return {
    get open() {
      return readers.size;
    },
    push: (item) => readers.forEach((reader) => reader.push(item)),
    fail: (error) => readers.forEach((reader) => reader.fail(error)),
    end: () => readers.forEach((reader) => reader.end()),
    subscribe() {
      const queue: Item[] = [];
      let waiting: Settle<Item> | undefined;
      let failure: Error | undefined;
      const leave = (): void => {
        readers.delete(reader);
        waiting?.resolve(done);
        waiting = undefined;
      };
      const reader = {
        push(item: Item) {
          if (waiting) waiting.resolve({ done: false, value: item });
          else queue.push(item);
          waiting = undefined;
        },
        fail(error: Error) {
          failure = error;
          waiting?.reject(error);
          waiting = undefined;
          readers.delete(reader);
        },
        end: leave,
      };
      readers.add(reader);
      return {
        next: () =>
          new Promise((resolve, reject) => {
            const item = queue.shift();
            if (item !== undefined) resolve({ done: false, value: item });
            else if (failure) reject(failure);
            else if (!readers.has(reader)) resolve(done);
            else waiting = { resolve, reject };
          }),
        return: async () => {
          leave();
          return done;
        },
        [Symbol.asyncIterator]() {
          return this;
        },
      };
    },
  };
}
