import { loadConfig, postgresUrl, secret, subgraphConfig, subgraphUrls } from '@souk/kit/config';
import { z } from 'zod';
import { returnsConfig } from './return-settings.js';

/** The environment of the orders subgraph when it runs as a process of its own. */
export const ordersConfigSchema = z.object({
  ...subgraphConfig(4104),
  DATABASE_URL: postgresUrl('souk_orders'),
  SOUK_ORDER_TOKEN_SECRET: secret
    .optional()
    .describe("What guests' order tokens are derived from. Unset: SOUK_INTERNAL_SECRET."),
  SOUK_SAGA_LEASE_MS: z.coerce
    .number('must be milliseconds, from 1000')
    .int('must be milliseconds, from 1000')
    .min(1_000, 'must be milliseconds, from 1000')
    .default(30_000)
    .describe('Milliseconds after which what a dead or frozen replica drove is taken over by another one.'),
  ...returnsConfig,
  SUBGRAPH_URLS: subgraphUrls
    .prefault(
      'products=http://127.0.0.1:4102,inventory=http://127.0.0.1:4103,payments=http://127.0.0.1:4105,shipping=http://127.0.0.1:4106',
    )
    .describe('Where the other subgraphs are: orders needs products, inventory, payments and shipping.'),
});

/**
 * Reads the environment.
 * @throws ConfigError that lists every problem
 */
export const readConfig = (environment: Readonly<Record<string, string | undefined>> = process.env) =>
  loadConfig(ordersConfigSchema, environment);
