import path from 'node:path';
import { type Part, stopAll } from '@souk/kit/lifecycle';
import { type Logger, createLogger } from '@souk/kit/log';
import { type Config, readConfig } from '../config/load.js';
import { type Steps, createSteps } from '../console/steps.js';
import { openDataDir } from '../data-dir/data-dir.js';
import { findRunningServers } from '../data-dir/running-servers.js';
import { loadSecret } from '../data-dir/secret.js';
import { type Servers, checkGivenServers, startDatabases } from '../databases/start-databases.js';
import { hearSignals } from './hear-signals.js';

/** What a command that works on databases has at hand. */
export interface CommandTools {
  readonly config: Config;
  readonly servers: Servers;
  readonly secret: string;
  readonly steps: Steps;
  readonly logger: Logger;
  /** Aborted when the work is to be given up; absent unless it was asked for. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does work with the database servers, starting those that the configuration does not name, and ends what was started.
 * With both servers in the environment the data folder is not locked, so it may belong to a running shop.
 *
 * @param options.orRunning uses the embedded databases of a shop that runs on the data folder @default false
 * @param options.givesUp a signal to the process aborts the work's `signal`, which it must hear, instead of ending the
 * process at once @default false
 */
export async function withServers<Result>(
  work: (tools: CommandTools) => Promise<Result>,
  options: { readonly orRunning?: boolean; readonly givesUp?: boolean } = {},
): Promise<Result> {
  const config = readConfig();
  const logger = createLogger({ level: config.LOG_LEVEL, pretty: process.stdout.isTTY });
  const steps = createSteps((line) => console.log(line));
  const parts: Part[] = [];
  const hearing = options.givesUp ? hearSignals({ logger }) : undefined;
  try {
    await checkGivenServers(config, logger);
    const dataDir = path.resolve(config.SOUK_DATA_DIR);
    const running = options.orRunning ? await findRunningServers(dataDir) : undefined;
    if (running === undefined && (config.DATABASE_URL === undefined || config.MONGODB_URL === undefined)) {
      const held = await openDataDir({ path: dataDir, address: 'serving nobody', say: steps.say });
      parts.push({ name: 'data folder', stop: held.release });
    }
    const servers = running ?? (await startDatabases({ config, dataDir, logger, steps, parts }));
    const secret = config.SOUK_INTERNAL_SECRET ?? (await loadSecret(dataDir));
    hearing?.signal.throwIfAborted();
    return await work({ config, servers, secret, steps, logger, signal: hearing?.signal });
  } finally {
    await stopAll(parts, logger);
    hearing?.stop();
  }
}
