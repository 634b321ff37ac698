import { loadConfig, mongoUrl, subgraphConfig, subgraphUrls } from '@souk/kit/config';
import { z } from 'zod';

/** The environment of the inventory subgraph when it runs as a process of its own. */
export const inventoryConfigSchema = z.object({
  ...subgraphConfig(4103),
  MONGODB_URL: mongoUrl('souk_inventory'),
  SUBGRAPH_URLS: subgraphUrls
    .prefault('products=http://127.0.0.1:4102,orders=http://127.0.0.1:4104')
    .describe(
      'Where the other subgraphs are, as name=url, separated by commas; inventory needs products and orders.',
    ),
  SOUK_RESERVATION_SECONDS: z.coerce
    .number('must be seconds, from 1')
    .int('must be seconds, from 1')
    .min(1, 'must be seconds, from 1')
    .default(1_800)
    .describe('How long units are held for an order that neither goes on nor is called off, in seconds.'),
});

/**
 * Reads the environment.
 * @throws ConfigError that lists every problem
 */
export const readConfig = (environment: Readonly<Record<string, string | undefined>> = process.env) =>
  loadConfig(inventoryConfigSchema, environment);
