import { type Part, once, stopAll } from '@souk/kit/lifecycle';
import type { Logger } from '@souk/kit/log';
import type { Config } from '../config/load.js';
import type { Steps } from '../console/steps.js';
import { openDataDir } from '../data-dir/data-dir.js';
import { noteRunningServers } from '../data-dir/running-servers.js';
import { loadSecret } from '../data-dir/secret.js';
import { checkGivenServers, startDatabases, type Servers } from '../databases/start-databases.js';
import type { Service } from '../services/service.js';
import { checkPort } from './check-port.js';

/** A shop that serves. */
export interface Shop {
  readonly url: string;
  readonly dataDir: string;
  /** Drains and ends everything, newest first. Safe to call twice. */
  stop(): Promise<void>;
}

/** What a way of serving (one process, or one a service) finds ready. */
export interface Ground {
  readonly config: Config;
  readonly services: readonly Service[];
  readonly dataDir: string;
  readonly servers: Promise<Servers>;
  readonly secret: string;
  readonly logger: Logger;
  readonly steps: Steps;
  /** Each thing that was started adds how to stop it. */
  readonly parts: Part[];
  /** Aborted when the start is to be given up. */
  readonly signal: AbortSignal;
}

/** Starts what serves the shop; resolves with its address once it answers. */
export type Serve = (ground: Ground) => Promise<{ readonly url: string }>;

/** What {@link startShop} needs. */
export interface ShopOptions extends Pick<Ground, 'config' | 'services' | 'steps' | 'logger' | 'signal'> {
  readonly serve: Serve;
}

/**
 * Starts the shop: takes the data folder, makes sure of the port and of given servers, starts the databases, then
 * serves. Whatever fails, what was started is stopped again.
 *
 * @throws ClearError for what the user can put right
 */
export async function startShop(options: ShopOptions): Promise<Shop> {
  const { config, logger, steps, signal, serve } = options;
  const parts: Part[] = [];
  const stop = once(async (): Promise<void> => void (await stopAll(parts, logger)));
  try {
    const address = `http://${config.HOST}:${config.PORT}`;
    const dataDir = await openDataDir({ path: config.SOUK_DATA_DIR, address, say: steps.say });
    parts.push({ name: 'data folder', stop: dataDir.release });
    signal.throwIfAborted();
    await checkPort(config.HOST, config.PORT, dataDir.crashed ? 10_000 : 0);
    await checkGivenServers(config, logger);
    const secret = config.SOUK_INTERNAL_SECRET ?? (await loadSecret(dataDir.path));
    signal.throwIfAborted();
    const servers = startDatabases({ config, dataDir: dataDir.path, logger, steps, parts });
    const { url } = await serve({ ...options, dataDir: dataDir.path, servers, secret, parts });
    signal.throwIfAborted();
    parts.push({ name: 'note of servers', stop: await noteRunningServers(dataDir.path, await servers) });
    return { url, dataDir: dataDir.path, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
