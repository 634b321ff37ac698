import { execFile } from 'node:child_process';
import { chown, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './binaries.js';
import type { Identity } from './identity.js';

const run = promisify(execFile);

/**
 * Makes the database cluster unless it is there. It is made beside its place and moved there once it is complete
 * and on disk, so a start that is killed half-way leaves nothing that the next one could take for a cluster.
 */
export async function initCluster(options: {
  readonly dataDir: string;
  readonly cluster: string;
  readonly password: string;
  readonly binaries: PostgresBinaries;
  readonly identity: Identity;
  readonly sync: boolean;
}): Promise<void> {
  const { dataDir, cluster, identity } = options;
  if (await exists(path.join(cluster, 'PG_VERSION'))) return;
  const draft = `${cluster}.new`;
  const passwordFile = path.join(dataDir, 'password.new');
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  if (identity.owner) await chown(draft, identity.owner.uid, identity.owner.gid);
  await writeFile(passwordFile, options.password, { mode: 0o600 });
  const [program = '', ...args] = [...identity.prefix, options.binaries.initdb, '--pgdata', draft];
  // One sync at the end instead of one a step, and none where losing power may lose the data.
  await run(program, [...args, ...INIT, '--pwfile', passwordFile], { env: ENVIRONMENT }).catch(
    explain(dataDir),
  );
  if (options.sync) await run(program, [...args, '--sync-only'], { env: ENVIRONMENT });
  await rm(passwordFile);
  await rename(draft, cluster);
  if (options.sync) await syncFolder(dataDir);
}

const INIT = [
  '--username=postgres',
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--no-sync',
  '--no-instructions',
  // The password is 192 random bits: hashing it slowly protects nothing and costs each new connection.
  '--set=scram_iterations=1',
];

/** Set, so that neither the caller's language nor a search for the time zone comes into it. */
const ENVIRONMENT = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', TZ: 'UTC', LC_ALL: 'C' };

const explain = (dataDir: string) => (error: Error & { stderr?: string }) => {
  const reason = error.stderr?.trim() || error.message;
  throw new Error(`PostgreSQL could not prepare its data in ${dataDir}: ${reason}`, { cause: error });
};

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}
