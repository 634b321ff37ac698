import { eventsConfig, loadConfig, subgraphUrls } from '@souk/kit/config';
import { telemetryConfig } from '@souk/kit/telemetry';
import { z } from 'zod';

const PORT_PROBLEM = 'must be a port number from 0 (any free one) to 65535';
const secret = z
  .string('must be set, and have at least 32 characters')
  .min(32, 'must be set, and have at least 32 characters');

/** The environment of the orders subgraph when it runs as a process of its own. */
export const ordersConfigSchema = z.object({
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for every interface.'),
  PORT: z.coerce
    .number(PORT_PROBLEM)
    .int(PORT_PROBLEM)
    .min(0, PORT_PROBLEM)
    .max(65_535, PORT_PROBLEM)
    .default(4104)
    .describe('Port to listen on; 0 takes a free one.'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be a URL like postgres://user:password@host:5432' })
    .default('postgres://postgres@127.0.0.1:5432')
    .describe('The PostgreSQL server; the database souk_orders on it is made if it is missing.'),
  SOUK_INTERNAL_SECRET: secret.describe(
    'What the gateway signs identities with; the same for all services, at least 32 characters.',
  ),
  SOUK_ORDER_TOKEN_SECRET: secret
    .optional()
    .describe("What guests' order tokens are derived from. Unset: SOUK_INTERNAL_SECRET."),
  SOUK_SAGA_LEASE_MS: z.coerce
    .number('must be milliseconds, from 1000')
    .int('must be milliseconds, from 1000')
    .min(1_000, 'must be milliseconds, from 1000')
    .default(30_000)
    .describe('Milliseconds after which what a dead or frozen replica drove is taken over by another one.'),
  SUBGRAPH_URLS: subgraphUrls
    .prefault(
      'products=http://127.0.0.1:4102,inventory=http://127.0.0.1:4103,payments=http://127.0.0.1:4105,shipping=http://127.0.0.1:4106',
    )
    .describe('Where the other subgraphs are: orders needs products, inventory, payments and shipping.'),
  ...eventsConfig,
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
  loadConfig(ordersConfigSchema, environment);
