import { parseIndex } from './commands/index-definition.js';
import { Cursors } from './commands/cursors.js';
import { WriteLock } from './commands/write-lock.js';
import { silent, type EmbeddedMongo, type EmbeddedMongoOptions } from './options.js';
import { listen } from './server.js';
import { DataFolder } from './storage/data-folder.js';
import { Store } from './storage/store.js';

const defaultCompactBytes = 64 * 1024 * 1024;
const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

/** Starts the server on this event loop; {@link startEmbeddedMongo} is the way in. */
export async function startHere(options: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  checkOptions(options);
  const { dataDir, host = '127.0.0.1', port = 0, durability = 'interval', logger = silent } = options;
  const { compactBytes = defaultCompactBytes } = options;
  const store = new Store(parseIndex);
  const folder =
    dataDir === undefined
      ? undefined
      : await DataFolder.open({ folder: dataDir, durability, store, logger, compactBytes });
  const cursors = new Cursors(Date.now);
  const writes = new WriteLock();
  const now = (): Date => new Date();
  try {
    const deps = { store, cursors, writes, folder, logger, now, started: now() };
    const server = await listen(host, port, deps);
    logger.info(
      { host, port: server.port, dataDir },
      'embedded MongoDB server (for development only) is listening',
    );
    let stopping: Promise<void> | undefined;
    const stop = async (): Promise<void> => {
      await server.close();
      await folder?.close();
    };
    return { url: urlOf(host, server.port), port: server.port, stop: () => (stopping ??= stop()) };
  } catch (error) {
    await folder?.close();
    throw error;
  }
}

/** @throws Error for options the server does not start with */
export function checkOptions({ production, host = '127.0.0.1' }: EmbeddedMongoOptions): void {
  if (production) {
    throw new Error(
      'The embedded MongoDB server is for development only. In production set MONGODB_URL to a real MongoDB',
    );
  }
  if (!loopback.has(host)) {
    throw new Error(
      `The embedded MongoDB server has no access control and only listens on a loopback address, not on ${host}`,
    );
  }
}

export function urlOf(host: string, port: number): string {
  return `mongodb://${host.includes(':') ? `[${host}]` : host}:${port}/?directConnection=true`;
}
