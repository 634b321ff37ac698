import path from 'node:path';
import { type Part, stopAll } from '@souk/kit/lifecycle';
import { type Logger, createLogger } from '@souk/kit/log';
import { readConfig } from '../config/load.js';
import { type Steps, createSteps } from '../console/steps.js';
import { openDataDir } from '../data-dir/data-dir.js';
import { checkPostgres, startPostgres } from '../databases/postgres.js';

/**
 * Does work on the PostgreSQL server alone, changing nothing by itself, and ends what was started for it. With a server
 * in the environment the shop may be running; the embedded one belongs to whoever holds the data folder.
 */
export async function withPostgres(
  work: (tools: { readonly url: string; readonly logger: Logger; readonly steps: Steps }) => Promise<void>,
): Promise<void> {
  const config = readConfig();
  const logger = createLogger({ level: config.LOG_LEVEL, pretty: process.stdout.isTTY });
  const steps = createSteps((line) => console.log(line));
  const parts: Part[] = [];
  try {
    if (config.DATABASE_URL !== undefined) {
      await checkPostgres(config.DATABASE_URL);
      await work({ url: config.DATABASE_URL, logger, steps });
      return;
    }
    const dataDir = path.resolve(config.SOUK_DATA_DIR);
    const held = await openDataDir({ path: dataDir, address: 'serving nobody', say: steps.say });
    parts.push({ name: 'data folder', stop: held.release });
    const server = await steps.run('PostgreSQL', () => startPostgres({ dataDir, logger }));
    parts.push({ name: 'PostgreSQL', timeoutMs: 45_000, stop: () => server.stop() });
    await work({ url: server.url, logger, steps });
  } finally {
    await stopAll(parts, logger);
  }
}
