import type { WhichLetters } from '@souk/kit/events';
import { ClearError } from '../clear-error.js';
import type { CommandOptions } from '../commands/command-options.js';
import { describeLetters } from './describe-letters.js';
import type { LetterBox } from './letter-boxes.js';

/** What was typed after `souk dead-letters`. */
export type LetterOptions = Pick<CommandOptions, 'operands' | 'all' | 'limit' | 'payload'>;

/**
 * Lists dead letters, has them tried again, or gives them up.
 *
 * @returns what to tell
 * @throws ClearError for what is no action, or does not say which letters are meant
 */
export async function actOnLetters(boxes: readonly LetterBox[], options: LetterOptions): Promise<string> {
  const [action = 'list', ...ids] = options.operands;
  const act = ACTIONS.get(action);
  if (act === undefined) {
    throw new ClearError(`There is no "souk dead-letters ${action}". Write list, replay or drop.`);
  }
  return act(boxes, options, ids);
}

type Act = (boxes: readonly LetterBox[], options: LetterOptions, ids: readonly string[]) => Promise<string>;

const ACTIONS: ReadonlyMap<string, Act> = new Map<string, Act>([
  ['list', list],
  [
    'replay',
    async (boxes, options, ids) => {
      const asked = await sum(boxes, (box) => box.retry(chosen(options, ids)));
      if (asked === 0) return NONE;
      return `${asked} to be tried again. A service that runs does so within seconds; what fails again is listed again.`;
    },
  ],
  [
    'drop',
    async (boxes, options, ids) => {
      const dropped = await sum(boxes, (box) => box.drop(chosen(options, ids)));
      return dropped === 0 ? NONE : `${dropped} dropped. Their events will never take effect.`;
    },
  ],
]);
const NONE = 'No dead letter is meant by that.';

async function list(boxes: readonly LetterBox[], { limit, payload }: LetterOptions): Promise<string> {
  const letters = await Promise.all(
    boxes.map(async (box) => (await box.list(limit)).map((letter) => ({ service: box.service, ...letter }))),
  );
  const oldest = letters.flat().sort((left, right) => left.failedAt.getTime() - right.failedAt.getTime());
  const total = await sum(boxes, (box) => box.count());
  return describeLetters(oldest.slice(0, limit), { total, payload });
}

function chosen({ all }: LetterOptions, ids: readonly string[]): WhichLetters {
  if (all !== ids.length > 0) return all ? 'all' : ids;
  throw new ClearError(
    'Name the events by their ids, as "souk dead-letters list" shows them, or write --all.',
  );
}

async function sum(boxes: readonly LetterBox[], count: (box: LetterBox) => Promise<number>): Promise<number> {
  const counts = await Promise.all(boxes.map(count));
  return counts.reduce((total, one) => total + one, 0);
}
