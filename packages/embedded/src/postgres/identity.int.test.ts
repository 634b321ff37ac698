import { cp, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findPostgres, type PostgresBinaries } from './binaries.js';
import { freePort } from '../ports/free-ports.js';
import { giveDataTo, type Identity, otherIdentities } from './identity.js';
import { initCluster } from './init-cluster.js';
import { startServer } from './server-process.js';

/** As after `git clone` below /root: only root may enter, and that is to stay so. */
let privateFolder: string;
beforeEach(async () => {
  privateFolder = await mkdtemp(path.join(os.tmpdir(), 'souk-identity-'));
});
afterEach(() => rm(privateFolder, { recursive: true, force: true }));

async function runOnce(identity: Identity, binaries: PostgresBinaries): Promise<void> {
  const dataDir = path.join(privateFolder, 'data');
  const cluster = path.join(dataDir, 'cluster');
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await initCluster({ dataDir, cluster, password: 'secret', binaries, identity, sync: false });
  await giveDataTo(identity, cluster);
  const logFile = path.join(dataDir, 'log');
  const server = await startServer({
    cluster,
    logFile,
    port: await freePort(),
    durability: 'test',
    binaries,
    identity,
  });
  await server.stop();
}

test.runIf(process.getuid?.() === 0)(
  'both ways of root work with binaries and data that only root may enter, and one takes over from the other',
  async () => {
    const { initdb } = await findPostgres();
    const native = path.join(privateFolder, 'native');
    await cp(path.join(path.dirname(initdb), '..'), native, { recursive: true, verbatimSymlinks: true });
    const binaries = {
      initdb: path.join(native, 'bin/initdb'),
      postgres: path.join(native, 'bin/postgres'),
    };
    const [namespace, capabilities] = await otherIdentities();
    if (!namespace || !capabilities) throw new Error('there are two ways');
    await runOnce(namespace, binaries);
    await runOnce(capabilities, binaries);
    await runOnce(namespace, binaries);
    expect((await stat(privateFolder)).mode & 0o777).toBe(0o700);
  },
);
