import { eventsConfig, loadConfig } from '@souk/kit/config';
import { telemetryConfig } from '@souk/kit/telemetry';
import { z } from 'zod';

const PORT_PROBLEM = 'must be a port number from 0 (any free one) to 65535';

/** The environment of the users subgraph when it runs as a process of its own. */
export const usersConfigSchema = z.object({
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for every interface.'),
  PORT: z.coerce
    .number(PORT_PROBLEM)
    .int(PORT_PROBLEM)
    .min(0, PORT_PROBLEM)
    .max(65_535, PORT_PROBLEM)
    .default(4101)
    .describe('Port to listen on; 0 takes a free one.'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be a URL like postgres://user:password@host:5432' })
    .default('postgres://postgres@127.0.0.1:5432')
    .describe('The PostgreSQL server; the database souk_users on it is made if it is missing.'),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/, error: 'must be a URL like redis://host:6379' })
    .optional()
    .describe('Where failed sign-ins are counted. Unset: in this process, which is right for one replica.'),
  SOUK_INTERNAL_SECRET: z
    .string('must be set, and have at least 32 characters')
    .min(32, 'must be set, and have at least 32 characters')
    .describe('What the gateway signs identities with; the same for all services, at least 32 characters.'),
  SOUK_ISSUER: z
    .url({ error: 'must be a URL like https://shop.example.com' })
    .default('http://127.0.0.1:4000')
    .describe('The issuer of access tokens: the URL at which clients reach the shop.'),
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
  loadConfig(usersConfigSchema, environment);
