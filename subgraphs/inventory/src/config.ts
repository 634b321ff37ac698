import { eventsConfig, loadConfig, subgraphUrls } from '@souk/kit/config';
import { telemetryConfig } from '@souk/kit/telemetry';
import { z } from 'zod';

/** The environment of the inventory subgraph when it runs as a process of its own. */
export const inventoryConfigSchema = z.object({
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for every interface.'),
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(4103)
    .describe('Port to listen on; 0 takes a free one.'),
  MONGODB_URL: z
    .url({ protocol: /^mongodb(\+srv)?$/ })
    .default('mongodb://127.0.0.1:27017')
    .describe('The MongoDB server; inventory uses the database souk_inventory on it.'),
  SOUK_INTERNAL_SECRET: z
    .string()
    .min(32)
    .describe('What the gateway signs identities with; the same for all services, at least 32 characters.'),
  SUBGRAPH_URLS: subgraphUrls
    .prefault('products=http://127.0.0.1:4102,orders=http://127.0.0.1:4104')
    .describe(
      'Where the other subgraphs are, as name=url, separated by commas; inventory needs products and orders.',
    ),
  SOUK_RESERVATION_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .default(1_800)
    .describe('How long units are held for an order that neither goes on nor is called off, in seconds.'),
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
  loadConfig(inventoryConfigSchema, environment);
