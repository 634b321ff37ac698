import { loadConfig, mongoUrl, subgraphConfig } from '@souk/kit/config';
import { z } from 'zod';

/** The environment of the products subgraph when it runs as a process of its own. */
export const productsConfigSchema = z.object({
  ...subgraphConfig(4102),
  MONGODB_URL: mongoUrl('souk_products'),
});

/**
 * Reads the environment.
 * @throws ConfigError that lists every problem
 */
export const readConfig = (environment: Readonly<Record<string, string | undefined>> = process.env) =>
  loadConfig(productsConfigSchema, environment);
