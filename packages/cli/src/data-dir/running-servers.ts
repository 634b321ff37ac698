import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Servers } from '../databases/start-databases.js';
import { checkMongo } from '../databases/mongo.js';
import { checkPostgres } from '../databases/postgres.js';

const fileIn = (dataDir: string): string => path.join(dataDir, 'servers.json');

/**
 * Writes down, for its owner only, where the databases of a running shop are, so that a backup can be made meanwhile.
 *
 * @returns what removes it again
 */
export async function noteRunningServers(dataDir: string, servers: Servers): Promise<() => Promise<void>> {
  const file = fileIn(dataDir);
  await writeFile(`${file}.new`, JSON.stringify(servers), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return () => rm(file, { force: true });
}

/** The databases of the shop that runs on this folder; undefined if none does, whatever a crash has left behind. */
export async function findRunningServers(dataDir: string): Promise<Servers | undefined> {
  const text = await readFile(fileIn(dataDir), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    // Written above.
    const servers = JSON.parse(text) as Servers;
    await Promise.all([checkPostgres(servers.postgres), checkMongo(servers.mongo)]);
    return servers;
  } catch {
    return undefined;
  }
}
