import { eventsConfig, loadConfig } from '@souk/kit/config';
import { telemetryConfig } from '@souk/kit/telemetry';
import { z } from 'zod';

/** The environment of the products subgraph when it runs as a process of its own. */
export const productsConfigSchema = z.object({
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for every interface.'),
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(4102)
    .describe('Port to listen on; 0 takes a free one.'),
  MONGODB_URL: z
    .url({ protocol: /^mongodb(\+srv)?$/ })
    .default('mongodb://127.0.0.1:27017')
    .describe('The MongoDB server; products uses the database souk_products on it.'),
  SOUK_INTERNAL_SECRET: z
    .string()
    .min(32)
    .describe('What the gateway signs identities with; the same for all services, at least 32 characters.'),
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
  loadConfig(productsConfigSchema, environment);
