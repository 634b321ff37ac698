import { ConfigError } from '@souk/kit/config';
import { z } from 'zod';

const flag = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform((text) => text === 'true');

/** Who moves the money, as the environment says: the same names in the subgraph and in `souk`. */
export const providerConfig = {
  PAYMENT_PROVIDER: z
    .enum(['sandbox', 'http'], { error: 'must be sandbox or http' })
    .default('sandbox')
    .describe('Who moves the money: the sandbox (nobody), or a provider that speaks as Stripe does (http).'),
  PAYMENT_PROVIDER_URL: z
    .url({ protocol: /^https?$/, error: 'must be a URL like https://api.stripe.com' })
    .default('https://api.stripe.com')
    .describe("The provider's origin, with PAYMENT_PROVIDER=http."),
  PAYMENT_PROVIDER_KEY: z
    .string()
    .min(1)
    .optional()
    .describe('The secret key of our account at the provider. Needed with PAYMENT_PROVIDER=http.'),
  PAYMENT_WEBHOOK_SECRET: z
    .string()
    .min(1)
    .optional()
    .describe(
      'What the provider signs its webhooks to /webhooks/payments with. Needed with PAYMENT_PROVIDER=http.',
    ),
  PAYMENT_RETURN_URL: z
    .url()
    .optional()
    .describe("Where a bank sends the shopper after a challenge: the shop's own address."),
};

/** Whether the sandbox may be made to misbehave. */
export const drillsConfig = (byDefault: 'true' | 'false') => ({
  SOUK_DRILLS: flag
    .prefault(byDefault)
    .describe(
      'true lets staff make the payment sandbox and the carrier misbehave for a while, to see orders recover. Never where customers are.',
    ),
});

/** Who moves the money, and how they are reached. */
export type ProviderSettings =
  | { readonly kind: 'sandbox'; /** @default false */ readonly drills?: boolean }
  | {
      readonly kind: 'http';
      readonly url: string;
      readonly secretKey: string;
      readonly webhookSecret: string;
      readonly returnUrl?: string | undefined;
    };

type Config = z.infer<z.ZodObject<typeof providerConfig>> & { readonly SOUK_DRILLS: boolean };

/**
 * Puts the settings together.
 *
 * @throws ConfigError if a provider of real money lacks a secret
 * @example providerSettings(readConfig()) // { kind: 'sandbox', drills: false }
 */
export function providerSettings(config: Config): ProviderSettings {
  const { PAYMENT_PROVIDER_KEY: secretKey, PAYMENT_WEBHOOK_SECRET: webhookSecret } = config;
  if (config.PAYMENT_PROVIDER === 'sandbox') return { kind: 'sandbox', drills: config.SOUK_DRILLS };
  if (secretKey === undefined || webhookSecret === undefined) {
    throw new ConfigError(
      Object.entries({ PAYMENT_PROVIDER_KEY: secretKey, PAYMENT_WEBHOOK_SECRET: webhookSecret }).flatMap(
        ([name, value]) => (value === undefined ? [`${name}: must be set with PAYMENT_PROVIDER=http`] : []),
      ),
    );
  }
  return {
    kind: 'http',
    url: config.PAYMENT_PROVIDER_URL,
    secretKey,
    webhookSecret,
    returnUrl: config.PAYMENT_RETURN_URL,
  };
}

/** The same as an environment, for a process that runs payments alone. */
export const providerEnvironment = (config: Config): Record<string, string> =>
  Object.fromEntries(
    ([...Object.keys(providerConfig), 'SOUK_DRILLS'] as (keyof Config)[]).flatMap((name) =>
      config[name] === undefined ? [] : [[name, String(config[name])]],
    ),
  );
