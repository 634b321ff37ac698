import { z } from 'zod';

/** Days after its delivery in which an order may be returned, if nobody says otherwise. */
export const RETURN_DAYS = 30;

const days = 'must be a whole number of days from 0 (nothing is taken back) to 3650';

/** What the shop says of returns, as the environment says: the same name in the subgraph and in `souk`. */
export const returnsConfig = {
  SOUK_RETURN_DAYS: z.coerce
    .number(days)
    .int(days)
    .min(0, days)
    .max(3_650, days)
    .default(RETURN_DAYS)
    .describe('How many days after its delivery an order may be returned; 0 takes nothing back.'),
};

/** The same as an environment, for a process that runs orders alone. */
export const returnsEnvironment = ({
  SOUK_RETURN_DAYS,
}: {
  readonly SOUK_RETURN_DAYS: number;
}): Record<string, string> => ({ SOUK_RETURN_DAYS: String(SOUK_RETURN_DAYS) });
