import { loadConfig, postgresUrl, redisUrl, subgraphConfig } from '@souk/kit/config';
import { z } from 'zod';

/** The environment of the users subgraph when it runs as a process of its own. */
export const usersConfigSchema = z.object({
  ...subgraphConfig(4101),
  DATABASE_URL: postgresUrl('souk_users'),
  REDIS_URL: redisUrl.describe(
    'Where failed sign-ins are counted. Unset: in this process, which is right for one replica.',
  ),
  SOUK_ISSUER: z
    .url({ error: 'must be a URL like https://shop.example.com' })
    .default('http://127.0.0.1:4000')
    .describe('The issuer of access tokens: the URL at which clients reach the shop.'),
});

/**
 * Reads the environment.
 * @throws ConfigError that lists every problem
 */
export const readConfig = (environment: Readonly<Record<string, string | undefined>> = process.env) =>
  loadConfig(usersConfigSchema, environment);
