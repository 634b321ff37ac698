import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

/**
 * Asks again and again until there is an answer, for as long as the test may take: a shop that is busy, or just coming
 * back, may refuse.
 *
 * @param ask a rejection, or anything falsy, is no answer yet
 * @throws Error with what was wrong last, if the test ended first
 * @example const guest = await insistently(() => fillCart(shop, variantId));
 */
export async function insistently<Answer>(ask: () => Promise<Answer | undefined | false>): Promise<Answer> {
  let isOver = false;
  onTestFinished(() => void (isOver = true));
  for (;;) {
    let cause: unknown;
    const answer = await ask().catch((error: unknown) => void (cause = error));
    if (answer) return answer;
    if (isOver) throw new Error('The test ended before there was an answer.', { cause });
    await delay(50);
  }
}
