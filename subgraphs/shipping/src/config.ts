import { loadConfig, subgraphUrls } from '@souk/kit/config';
import { telemetryConfig } from '@souk/kit/telemetry';
import { z } from 'zod';
import type { WebhookCarrierOptions } from './carrier/webhook/webhook-carrier.js';

const PORT_PROBLEM = 'must be a port number from 0 (any free one) to 65535';
const secret = z
  .string('must be set, and have at least 32 characters')
  .min(32, 'must be set, and have at least 32 characters');

const SPEED_PROBLEM = 'must be a number above 0, for example 1, or 100 for a hundred times as fast';
const carrierSpeed = z.coerce
  .number(SPEED_PROBLEM)
  .positive(SPEED_PROBLEM)
  .default(1)
  .describe(
    'How many times faster the simulated carrier works. At 1, a parcel leaves 30 seconds after it was booked, and a day of its way takes 30 seconds.',
  );

/** The environment of the shipping subgraph when it runs as a process of its own. */
export const shippingConfigSchema = z.object({
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for every interface.'),
  PORT: z.coerce
    .number(PORT_PROBLEM)
    .int(PORT_PROBLEM)
    .min(0, PORT_PROBLEM)
    .max(65_535, PORT_PROBLEM)
    .default(4106)
    .describe('Port to listen on; 0 takes a free one.'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be a URL like postgres://user:password@host:5432' })
    .default('postgres://postgres@127.0.0.1:5432')
    .describe('The PostgreSQL server; the database souk_shipping on it is made if it is missing.'),
  SOUK_INTERNAL_SECRET: secret.describe(
    'What the gateway signs identities with; the same for all services, at least 32 characters.',
  ),
  SUBGRAPH_URLS: subgraphUrls
    .prefault('orders=http://127.0.0.1:4104')
    .describe('Where the other subgraphs are: shipping needs orders.'),
  SOUK_CARRIER_SPEED: carrierSpeed,
  SOUK_DRILLS: z
    .stringbool('must be true or false')
    .default(false)
    .describe('Lets staff make things go wrong on purpose, to see that orders come through it.'),
  SOUK_CARRIER_URL: z
    .url({ protocol: /^https?$/, error: 'must be a URL like https://api.carrier.example/v1' })
    .optional()
    .describe("A carrier's API to send parcels with. Unset: the simulated carrier, which moves none."),
  SOUK_CARRIER_SECRET: secret
    .optional()
    .describe(
      'What requests to the carrier, and its reports, are signed with. Needed with SOUK_CARRIER_URL.',
    ),
  SOUK_CARRIER_NAME: z.string().min(1).default('Carrier').describe('What customers read as its name.'),
  ...telemetryConfig,
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('Least important log line that is written.'),
});

/**
 * Reads the environment.
 * @throws ConfigError that lists every problem
 */
export const readConfig = (environment: Readonly<Record<string, string | undefined>> = process.env) =>
  loadConfig(shippingConfigSchema, environment);

/**
 * The carrier that the environment names, if it names one.
 * @throws Error if its secret is missing
 */
export function carrierOf(config: ReturnType<typeof readConfig>): WebhookCarrierOptions | undefined {
  const { SOUK_CARRIER_URL: url, SOUK_CARRIER_SECRET: carrierSecret, SOUK_CARRIER_NAME: name } = config;
  if (url === undefined) return undefined;
  if (carrierSecret === undefined) {
    throw new Error('Set SOUK_CARRIER_SECRET, too: without it nobody could tell whose reports those are.');
  }
  return { name, url: url.replace(/\/$/, ''), secret: carrierSecret };
}
