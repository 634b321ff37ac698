import { ConfigError } from '@souk/kit/config';
import { z } from 'zod';

const speed = 'must be a number above 0, for example 1, or 100 for a hundred times as fast';
const secret = 'must have at least 32 characters';

/** Who brings parcels, as the environment says: the same names in the subgraph and in `souk`. */
export const carrierConfig = {
  SOUK_CARRIER_SPEED: z.coerce
    .number(speed)
    .positive(speed)
    .default(1)
    .describe(
      'How many times faster the simulated carrier works. At 1, a parcel leaves 30 seconds after it was booked, and a day of its way takes 30 seconds.',
    ),
  SOUK_CARRIER_URL: z
    .url({ protocol: /^https?$/, error: 'must be a URL like https://api.carrier.example/v1' })
    .optional()
    .describe("A carrier's API to send parcels with. Unset: the simulated carrier, which moves none."),
  SOUK_CARRIER_SECRET: z
    .string()
    .min(32, secret)
    .optional()
    .describe(
      'What requests to the carrier, and its reports to /webhooks/carrier, are signed with. Needed with SOUK_CARRIER_URL.',
    ),
  SOUK_CARRIER_NAME: z
    .string()
    .min(1)
    .default('Carrier')
    .describe('What customers read as the name of the carrier at SOUK_CARRIER_URL.'),
};

/** Who brings parcels, and whether they may be made to go wrong on purpose. */
export type CarrierSettings =
  | {
      readonly kind: 'simulated';
      /** How many times faster its clock runs. @default 1 */
      readonly speed?: number;
      /** @default false */
      readonly drills?: boolean;
    }
  | {
      readonly kind: 'remote';
      /** For people. */
      readonly name: string;
      /** Where its API is, without a slash at the end. */
      readonly url: string;
      /** What both sides sign with; at least 32 characters. */
      readonly secret: string;
      /** @default false */
      readonly drills?: boolean;
    };

type Config = z.infer<z.ZodObject<typeof carrierConfig>> & { readonly SOUK_DRILLS: boolean };

/**
 * Puts the settings together.
 *
 * @throws ConfigError if a carrier's secret is missing
 * @example carrierSettings(readConfig()) // { kind: 'simulated', speed: 1, drills: false }
 */
export function carrierSettings(config: Config): CarrierSettings {
  const { SOUK_CARRIER_URL: url, SOUK_CARRIER_SECRET: carrierSecret, SOUK_DRILLS: drills } = config;
  if (url === undefined) return { kind: 'simulated', speed: config.SOUK_CARRIER_SPEED, drills };
  if (carrierSecret === undefined) {
    throw new ConfigError(['SOUK_CARRIER_SECRET: must be set with SOUK_CARRIER_URL']);
  }
  return {
    kind: 'remote',
    name: config.SOUK_CARRIER_NAME,
    url: url.replace(/\/$/, ''),
    secret: carrierSecret,
    drills,
  };
}

/** The same as an environment, for a process that runs shipping alone. */
export const carrierEnvironment = (config: Config): Record<string, string> =>
  Object.fromEntries(
    ([...Object.keys(carrierConfig), 'SOUK_DRILLS'] as (keyof Config)[]).flatMap((name) =>
      config[name] === undefined ? [] : [[name, String(config[name])]],
    ),
  );
