import path from 'node:path';
import { createMemoryKv } from '@souk/kit/kv';
import { createLogger } from '@souk/kit/log';
import { type Part, stopAll } from '@souk/kit/lifecycle';
import { type Config, readConfig } from '../config/load.js';
import { type Steps, createSteps } from '../console/steps.js';
import { openDataDir } from '../data-dir/data-dir.js';
import { loadSecret } from '../data-dir/secret.js';
import { type Servers, checkGivenServers, startDatabases } from '../databases/start-databases.js';
import { services } from '../services/index.js';
import { type OpenService, loadServices, openServices } from '../services/open-services.js';

/**
 * Migrates every database, does the work, and ends what was started for it. With both servers in the environment
 * the data folder is not locked, so it may belong to a running shop.
 */
export async function withServices(
  work: (
    opened: readonly OpenService[],
    tools: { readonly config: Config; readonly servers: Servers; readonly steps: Steps },
  ) => Promise<void>,
): Promise<void> {
  const config = readConfig();
  const logger = createLogger({ level: config.LOG_LEVEL, pretty: process.stdout.isTTY });
  const steps = createSteps((line) => console.log(line));
  const parts: Part[] = [];
  try {
    await checkGivenServers(config, logger);
    const dataDir = path.resolve(config.SOUK_DATA_DIR);
    if (config.DATABASE_URL === undefined || config.MONGODB_URL === undefined) {
      const held = await openDataDir({ path: dataDir, address: 'serving nobody', say: steps.say });
      parts.push({ name: 'data folder', stop: held.release });
    }
    const servers = await startDatabases({ config, dataDir, logger, steps, parts });
    const secret = config.SOUK_INTERNAL_SECRET ?? (await loadSecret(dataDir));
    const shared = { servers, kv: createMemoryKv(), logger, secret, steps, config };
    const opened = await openServices(await loadServices(services), shared);
    await work(opened, { config, servers, steps });
  } finally {
    await stopAll(parts, logger);
  }
}
