import { eventsConfig } from '../events/events-config.js';
import { telemetryConfig } from '../telemetry/telemetry-config.js';
import { host, logLevel, port, secret } from './settings.js';

/**
 * What every subgraph reads from the environment when it runs as a process of its own; spread it into its schema.
 *
 * @param defaultPort where it listens unless `PORT` says otherwise
 * @example z.object({ ...subgraphConfig(4104), DATABASE_URL: postgresUrl('souk_orders') })
 */
export const subgraphConfig = (defaultPort: number) => ({
  HOST: host,
  PORT: port(defaultPort),
  SOUK_INTERNAL_SECRET: secret.describe(
    'What the gateway signs identities with; the same for all services, at least 32 characters.',
  ),
  ...eventsConfig,
  ...telemetryConfig,
  LOG_LEVEL: logLevel,
});
