import type { Part } from '@souk/kit/lifecycle';
import type { Logger } from '@souk/kit/log';
import { ClearError } from '../clear-error.js';
import type { Config } from '../config/load.js';
import type { Steps } from '../console/steps.js';
import { settleAll } from '../launch/settle.js';
import type { DatabaseKind } from '../services/service.js';
import type { DatabaseServer } from './database-server.js';
import { checkMongo, startMongo } from './mongo.js';
import { checkPostgres, startPostgres } from './postgres.js';
import { checkBroker } from './rabbitmq.js';
import { checkRedis } from './redis.js';

/** The servers that services find their databases on. */
export type Servers = Record<DatabaseKind, string>;

/** @throws ClearError for a server in the configuration that does not let us in */
export async function checkGivenServers(config: Config, logger: Logger): Promise<void> {
  const { DATABASE_URL, MONGODB_URL, REDIS_URL, AMQP_URL } = config;
  await settleAll([
    ...(DATABASE_URL === undefined ? [] : [checkPostgres(DATABASE_URL)]),
    ...(MONGODB_URL === undefined ? [] : [checkMongo(MONGODB_URL)]),
    ...(REDIS_URL === undefined ? [] : [checkRedis(REDIS_URL, logger)]),
    ...(AMQP_URL === undefined ? [] : [checkBroker(AMQP_URL)]),
  ]);
}

/**
 * Starts the database servers that the configuration does not name, side by side.
 *
 * @param options.parts gets what ends them, whether or not all of them started
 */
export async function startDatabases(options: {
  readonly config: Config;
  readonly dataDir: string;
  readonly logger: Logger;
  readonly steps: Steps;
  readonly parts: Part[];
}): Promise<Servers> {
  const { config, dataDir, logger, steps, parts } = options;
  const { DATABASE_URL, MONGODB_URL, production, searchPath } = config;
  const start = (title: string, given: string | undefined, open: () => Promise<DatabaseServer>) =>
    given === undefined
      ? steps.run(title, () => open().catch(tellClearly))
      : Promise.resolve({ url: given, stop: async () => {} });
  const starting = [
    start('PostgreSQL', DATABASE_URL, () => startPostgres({ dataDir, logger })),
    start('MongoDB', MONGODB_URL, () => startMongo({ dataDir, logger, production, searchPath })),
  ] as const;
  parts.push({
    name: 'databases',
    timeoutMs: 45_000,
    stop: async () => {
      await settleAll(starting.map(async (server) => (await server.catch(() => undefined))?.stop()));
    },
  });
  const [{ url: postgresUrl }, { url: mongoUrl }] = await settlePair(starting);
  return { postgres: postgresUrl, mongo: mongoUrl };
}

async function settlePair<Left, Right>(
  work: readonly [Promise<Left>, Promise<Right>],
): Promise<readonly [Left, Right]> {
  await settleAll<unknown>(work);
  return Promise.all(work);
}

/** Both embedded servers say in their messages what is wrong and what to do. */
function tellClearly(error: unknown): never {
  throw new ClearError(error instanceof Error ? error.message : String(error), { cause: error });
}
