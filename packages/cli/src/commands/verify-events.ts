import { type Anchor, type Verification, verifyEvents as verify } from '@souk/analytics';
import { databaseUrl } from '@souk/kit/postgres';
import { ClearError } from '../clear-error.js';
import type { CommandOptions } from './command-options.js';
import { withPostgres } from './with-postgres.js';

/** Checks that no event that was kept has been changed since: the whole chain, and that it goes through an anchor. */
export async function verifyEvents({ anchor }: CommandOptions): Promise<void> {
  await withPostgres(async ({ url, logger, steps }) => {
    const options = anchor === undefined ? {} : { anchor: readAnchor(anchor) };
    const verification = await steps.run('checking events', () =>
      verify({ databaseUrl: databaseUrl(url, 'analytics'), logger }, options),
    );
    steps.say(describeVerification(verification));
  });
}

/** @throws ClearError for what was not noted as `<number>:<hash>` */
export function readAnchor(text: string): Anchor {
  const [, number, hash] = /^(\d{1,15}):([0-9a-f]{64})$/i.exec(text) ?? [];
  if (number !== undefined && hash !== undefined) return { number: Number(number), hash };
  throw new ClearError('--anchor takes <number>:<hash>, as "souk verify-events" tells them.');
}

const WHAT_IS_WRONG = {
  CHANGED: 'it, or what it is chained to, was changed',
  MISSING: 'it is missing',
  UNCHAINED: 'it is beyond the end of the chain',
} as const;

/** @throws ClearError that names the first event that is not as it was written */
export function describeVerification({ broken, checkedTo }: Verification): string {
  if (!broken) {
    const noted = `${checkedTo.number}:${checkedTo.hash.toString('hex')}`;
    return `All ${checkedTo.number} events are as they were written. Note this for --anchor: ${noted}`;
  }
  const id = broken.eventId === null ? '' : ` (id ${broken.eventId})`;
  throw new ClearError(
    `Event ${broken.number}${id} is not as it was written: ${WHAT_IS_WRONG[broken.reason]}. ` +
      'Compare it with a backup from before, and find out who had the rights of a superuser.',
  );
}
