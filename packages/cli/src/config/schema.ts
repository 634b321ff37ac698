import path from 'node:path';
import { eventsConfig } from '@souk/kit/config';
import { telemetryConfig } from '@souk/kit/telemetry';
import { returnsConfig } from '@souk/orders/return-settings';
import { drillsConfig, providerConfig } from '@souk/payments/provider-settings';
import { carrierConfig } from '@souk/shipping/carrier-settings';
import { z } from 'zod';

const port = 'must be a port number from 0 (any free one) to 65535, for example 4000';
const count = 'must be a whole number from 1 to 1000000, for example 500';

const url = (schemes: readonly string[], example: string) =>
  z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol), {
    error: `must be a URL like ${example}`,
  });

/**
 * Everything that `souk` reads from the environment. `.env.example` is written from this schema, so each entry
 * describes itself.
 */
export const configSchema = z.object({
  PORT: z.coerce
    .number({ error: port })
    .int(port)
    .min(0, port)
    .max(65_535, port)
    .default(4000)
    .describe('Where the shop is served.'),
  HOST: z
    .string()
    .default('127.0.0.1')
    .describe('The address it is served on. 0.0.0.0 opens it to the network: mind the demo logins.'),
  SOUK_DATA_DIR: z
    .string()
    .default('.souk')
    .describe('The folder that holds all data. One running shop a folder.'),
  SOUK_PRODUCTS: z.coerce
    .number({ error: count })
    .int(count)
    .min(1, count)
    .max(1_000_000, count)
    .default(500)
    .describe('How many products the demo catalogue has. Counts when an empty data folder is filled.'),
  SOUK_SEED: z.coerce
    .number({ error: 'must be a whole number, for example 1' })
    .int('must be a whole number, for example 1')
    .default(1)
    .describe('Another number makes another demo catalogue; the same number always makes the same one.'),
  SOUK_INTERNAL_SECRET: z
    .string()
    .min(32, 'must have at least 32 characters')
    .optional()
    .describe(
      'Signs requests between the gateway and the subgraphs, at least 32 characters. Unset: made once and kept in the data folder.',
    ),
  DATABASE_URL: url(['postgres:', 'postgresql:'], 'postgres://user:password@127.0.0.1:5432')
    .optional()
    .describe(
      'A PostgreSQL server to use instead of the embedded one: postgres://user:password@host:5432. The user must be allowed to create databases.',
    ),
  MONGODB_URL: url(['mongodb:', 'mongodb+srv:'], 'mongodb://127.0.0.1:27017')
    .optional()
    .describe('A MongoDB server to use instead of the embedded one: mongodb://host:27017.'),
  REDIS_URL: url(['redis:', 'rediss:'], 'redis://127.0.0.1:6379')
    .optional()
    .describe('A Redis server for throttles, locks and caches instead of the memory of the process.'),
  ...eventsConfig,
  ...providerConfig,
  ...carrierConfig,
  ...returnsConfig,
  ...drillsConfig('true'),
  S3_BUCKET: z
    .string()
    .min(3, 'must be the name of a bucket')
    .optional()
    .describe('A bucket for backups, instead of the folder SOUK_BACKUP_DIR.'),
  S3_ENDPOINT: url(['http:', 'https:'], 'http://127.0.0.1:9000')
    .optional()
    .describe("A store that speaks S3's API, for S3_BUCKET. Unset: Amazon's."),
  S3_REGION: z.string().default('us-east-1').describe('The region of S3_BUCKET.'),
  S3_ACCESS_KEY_ID: z
    .string()
    .optional()
    .describe('The key for S3_BUCKET. Unset: what the machine has (its role, ~/.aws).'),
  S3_SECRET_ACCESS_KEY: z.string().optional().describe('The secret that belongs to S3_ACCESS_KEY_ID.'),
  SOUK_BACKUP_DIR: z
    .string()
    .default('souk-backups')
    .describe('The folder where "souk backup" puts backups when there is no S3_BUCKET.'),
  GATEWAY_CONFIG: z
    .string()
    .transform((name) => path.resolve(name))
    .optional()
    .describe(
      "The gateway's options, as a .ts or .js file, instead of gateway/gateway.config.ts as it was built.",
    ),
  ...telemetryConfig,
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], {
      error: 'must be debug, info, warn, error or silent',
    })
    .default('warn')
    .describe('The least severe log lines that are written: debug, info, warn, error or silent.'),
});

export type SchemaConfig = z.infer<typeof configSchema>;
