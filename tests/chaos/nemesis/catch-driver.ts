/** What {@link catchDriver} needs. */
export interface CatchOptions {
  /** Processes that drive a saga just now. */
  readonly driving: () => Promise<readonly number[]>;
  readonly freeze: (pid: number) => void;
  readonly thaw: (pid: number) => void;
  /** True once the search has gone on for long enough. */
  readonly isOver: () => boolean;
}

/**
 * Freezes a process at a moment at which it drives a saga, and not a moment later. Driving takes milliseconds, so it takes
 * some luck: one that has finished before it stood still may go on, and the search with it.
 *
 * @returns who stands still and holds its saga; undefined if none was caught
 */
export async function catchDriver({
  driving,
  freeze,
  thaw,
  isOver,
}: CatchOptions): Promise<number | undefined> {
  while (!isOver()) {
    const [pid] = await driving();
    if (pid === undefined) continue;
    freeze(pid);
    if ((await driving()).includes(pid)) return pid;
    thaw(pid);
  }
  return undefined;
}
