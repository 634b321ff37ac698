import { AppError } from '@souk/kit/errors';
import { backoff, sleep } from '@souk/kit/lifecycle';

const MOST_ROUNDS = 60;

/**
 * Repeats a round of reading, deciding and guarded writing until nobody has come in between.
 *
 * @param round resolves to undefined if a guard failed
 * @throws AppError UNAVAILABLE after 60 rounds: some seconds of others being faster
 */
export async function untilWritten<T>(round: () => Promise<T | undefined>): Promise<T> {
  for (let rounds = 1; rounds <= MOST_ROUNDS; rounds += 1) {
    const result = await round();
    if (result !== undefined) return result;
    await sleep(backoff(rounds, { minMs: 2, maxMs: 100 }));
  }
  throw new AppError('UNAVAILABLE', 'This stock is changing too fast right now. Try again in a moment.');
}
