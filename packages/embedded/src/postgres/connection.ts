import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freePort, isFree } from '../ports/free-ports.js';

/** How to reach the embedded server; kept in its folder, readable by its owner only. */
export interface Connection {
  readonly port: number;
  readonly password: string;
}

const fileIn = (dataDir: string): string => path.join(dataDir, 'connection.json');

/** The remembered connection, or a new one with a free port and a random password. */
export async function loadConnection(dataDir: string): Promise<Connection> {
  const text = await readFile(fileIn(dataDir), 'utf8').catch(() => undefined);
  // Written by this module only; a damaged file fails here, loudly.
  if (text !== undefined) return JSON.parse(text) as Connection;
  return saveConnection(dataDir, { port: await freePort(), password: randomBytes(24).toString('hex') });
}

/** Replaces the file in one step: a crash leaves the old one or the new one. */
export async function saveConnection(dataDir: string, connection: Connection): Promise<Connection> {
  const file = fileIn(dataDir);
  await writeFile(`${file}.new`, JSON.stringify(connection), { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
  return connection;
}

/** Keeps the port between starts, so that a saved `psql` connection stays valid, unless somebody else took it. */
export async function claimPort(dataDir: string, connection: Connection): Promise<Connection> {
  if (await isFree(connection.port)) return connection;
  return saveConnection(dataDir, { ...connection, port: await freePort() });
}
