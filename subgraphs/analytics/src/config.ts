import { loadConfig, postgresUrl, subgraphConfig, subgraphUrls } from '@souk/kit/config';
import { z } from 'zod';

/** The environment of the analytics subgraph when it runs as a process of its own. */
export const analyticsConfigSchema = z.object({
  ...subgraphConfig(4107),
  DATABASE_URL: postgresUrl('souk_analytics'),
  SUBGRAPH_URLS: subgraphUrls
    .prefault(
      'users=http://127.0.0.1:4101,products=http://127.0.0.1:4102,inventory=http://127.0.0.1:4103,orders=http://127.0.0.1:4104,payments=http://127.0.0.1:4105,shipping=http://127.0.0.1:4106',
    )
    .describe('Where the other subgraphs are: analytics needs all of them.'),
});

/**
 * Reads the environment.
 * @throws ConfigError that lists every problem
 */
export const readConfig = (environment: Readonly<Record<string, string | undefined>> = process.env) =>
  loadConfig(analyticsConfigSchema, environment);
