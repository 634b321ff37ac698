import { loadConfig, postgresUrl, subgraphConfig, subgraphUrls } from '@souk/kit/config';
import { z } from 'zod';
import { drillsConfig, providerConfig } from './provider/provider-settings.js';

/** The environment of the payments subgraph when it runs as a process of its own. */
export const paymentsConfigSchema = z.object({
  ...subgraphConfig(4105),
  DATABASE_URL: postgresUrl('souk_payments'),
  SUBGRAPH_URLS: subgraphUrls
    .prefault('orders=http://127.0.0.1:4104')
    .describe('Where the other subgraphs are: payments needs orders.'),
  ...providerConfig,
  ...drillsConfig('false'),
});

/**
 * Reads the environment.
 * @throws ConfigError that lists every problem
 */
export const readConfig = (environment: Readonly<Record<string, string | undefined>> = process.env) =>
  loadConfig(paymentsConfigSchema, environment);
