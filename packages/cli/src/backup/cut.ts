import { ClearError } from '../clear-error.js';
import type { Marks } from './manifest.js';
import type { HeldSnapshots, SnapshotSource } from './snapshot.js';

/** A consumer that has read events of which its owner knows nothing. */
export interface Ahead {
  readonly consumer: string;
  readonly owner: string;
  /** How far the consumer has read. */
  readonly position: number;
  /** How far the owner's log goes. */
  readonly head: number;
}

/** A service with its marks. */
export interface Marked {
  readonly service: string;
  readonly marks: Marks;
}

/** Consumers that are ahead of their owners. Owners that are not among the databases are not judged. */
export function findAhead(databases: readonly Marked[]): Ahead[] {
  const heads = new Map(databases.map(({ service, marks }) => [service, marks.head]));
  return databases.flatMap(({ marks }) =>
    marks.cursors.flatMap(({ consumer, owner, position }) => {
      const head = heads.get(owner);
      return head !== undefined && position > head ? [{ consumer, owner, position, head }] : [];
    }),
  );
}

/**
 * Takes snapshots of all databases that fit together: no effect without its cause. Each server takes its own, a moment
 * apart; if within that moment an event came from one to the other, a consumer is ahead of its owner, and all are taken
 * again. The other way round (an event that is still to be read) needs nothing: it is read after the restore.
 *
 * @param sources asked one after the other in their order: first those that stop their writers
 * @throws ClearError if it does not succeed in 100 tries
 */
export async function takeCut(sources: readonly SnapshotSource[]): Promise<HeldSnapshots[]> {
  for (let tries = 0; tries < 100; tries += 1) {
    const held: HeldSnapshots[] = [];
    try {
      for (const source of sources) held.push(await source.take());
      if (findAhead(held.flatMap(({ databases }) => databases)).length === 0) return held;
    } catch (error) {
      await releaseAll(held);
      throw error;
    }
    await releaseAll(held);
  }
  throw new ClearError(
    'The databases change too fast to be seen at one moment. Try again when less goes on.',
  );
}

const releaseAll = async (held: readonly HeldSnapshots[]): Promise<void> => {
  for (const { release } of held) await release();
};
