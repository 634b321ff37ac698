import { promiseTimeout } from '@vueuse/core';
import { watch } from 'vue';

/** Between an answer and the next question, in milliseconds: about a minute altogether. */
const PAUSES = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000];

/** A query that {@link useCatchingUp} asks again. */
interface Asked {
  /** The instant of the newest change that is known, in ISO 8601; undefined if none is. */
  readonly known: () => string | undefined;
  /** The newest instant that the answer tells of. */
  readonly reached: () => string | undefined;
  /** The answer to the first question. */
  readonly first: PromiseLike<unknown>;
  readonly ask: () => PromiseLike<unknown>;
}

/**
 * Asks again, after pauses that grow, while an answer is older than what is known to have happened. Once it has caught
 * up it is asked a last time: what others told of the same change comes by ways of their own. Not every change is told,
 * so it gives up after a minute, until the next one.
 *
 * @example useCatchingUp({ known: () => order.updatedAt, reached: () => events.at(-1)?.occurredAt, first: log, ask })
 */
export function useCatchingUp({ known, reached, first, ask }: Asked): void {
  watch(
    known,
    async (change, before, onCleanup) => {
      if (change === undefined) return;
      let isOver = false;
      onCleanup(() => (isOver = true));
      await (before === undefined ? first : ask());
      for (const pause of PAUSES) {
        await promiseTimeout(pause);
        if (isOver) return;
        const isLast = instantOf(reached()) >= instantOf(change);
        await ask();
        if (isLast) return;
      }
    },
    { immediate: true },
  );
}

const instantOf = (text: string | undefined): number => (text === undefined ? -Infinity : Date.parse(text));
