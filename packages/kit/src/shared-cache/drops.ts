/** Drops by tag that are repeated until they are done. */
export interface Drops {
  add(tags: readonly string[]): void;
  /** Sends what has failed once more. */
  retry(): void;
  /** Resolves when all that was sent before now was answered, or was not in time: true if all of it is done. */
  settled(): Promise<boolean>;
  /** Gives up on what has failed. */
  stop(): void;
}

export interface DropsOptions {
  /** Never rejects. False if it is not known to be done; it may be done nevertheless, and again. */
  readonly send: (tags: readonly string[]) => Promise<boolean>;
  /** So much has failed that nobody remembers all of it: it will not be dropped. */
  readonly onLost: () => void;
  /** How long after a failure all that has failed is sent again, in milliseconds. */
  readonly retryMs: number;
  /** Most tags of failed drops that are remembered: about a megabyte. @default 10_000 */
  readonly most?: number;
}

/** Tags that are sent together again: few enough for a quick answer. */
const AT_ONCE = 500;

/**
 * Each drop is sent at once, in order with whatever else is sent; only those that fail are remembered.
 *
 * @example const drops = createDrops({ send, onLost, retryMs: 1_000 }); drops.add(['Product:p1']);
 */
export function createDrops({ send, onLost, retryMs, most = 10_000 }: DropsOptions): Drops {
  const failed = new Set<string>();
  let losses = 0;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let answered: Promise<void> = Promise.resolve();

  const remember = (tags: readonly string[]): void => {
    if (isStopped) return;
    for (const tag of tags) failed.add(tag);
    timer ??= setTimeout(retry, retryMs).unref();
    if (failed.size <= most) return;
    failed.clear();
    losses += 1;
    onLost();
  };
  const add = (tags: readonly string[]): void => {
    const done = send(tags).then((isDone) => {
      if (!isDone) remember(tags);
    });
    answered = answered.then(() => done);
  };
  const retry = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const tags = [...failed];
    failed.clear();
    for (let from = 0; from < tags.length; from += AT_ONCE) add(tags.slice(from, from + AT_ONCE));
  };

  return {
    add,
    retry,
    async settled() {
      const lost = losses;
      await answered;
      return failed.size === 0 && losses === lost;
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
      failed.clear();
    },
  };
}
