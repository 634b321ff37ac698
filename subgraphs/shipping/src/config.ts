import { loadConfig, postgresUrl, subgraphConfig, subgraphUrls } from '@souk/kit/config';
import { z } from 'zod';
import { carrierConfig } from './carrier/carrier-settings.js';

/** The environment of the shipping subgraph when it runs as a process of its own. */
export const shippingConfigSchema = z.object({
  ...subgraphConfig(4106),
  DATABASE_URL: postgresUrl('souk_shipping'),
  SUBGRAPH_URLS: subgraphUrls
    .prefault('orders=http://127.0.0.1:4104')
    .describe('Where the other subgraphs are: shipping needs orders.'),
  ...carrierConfig,
  SOUK_DRILLS: z
    .stringbool('must be true or false')
    .default(false)
    .describe('true lets staff make shipping go wrong on purpose. Never where customers are.'),
});

/**
 * Reads the environment.
 * @throws ConfigError that lists every problem
 */
export const readConfig = (environment: Readonly<Record<string, string | undefined>> = process.env) =>
  loadConfig(shippingConfigSchema, environment);
