import { access, constants, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ClearError, systemCode } from '../clear-error.js';
import { type DataDirLock, lockDataDir } from './lock.js';

/** The folder that holds everything a shop keeps, held by this process alone. */
export interface DataDir {
  readonly path: string;
  /** True if the last shop on this folder did not end in order. */
  readonly crashed: boolean;
  release(): Promise<void>;
}

/**
 * Makes the folder if it is missing and takes its lock, waiting for another shop that is just ending.
 *
 * @param options.address where this shop is about to serve, for whoever finds the folder in use
 * @throws ClearError if the folder cannot be written, or somebody else holds it
 */
export async function openDataDir(options: {
  readonly path: string;
  readonly address: string;
  readonly say: (line: string) => void;
  /** How long to wait for the lock, in milliseconds. @default 15_000 */
  readonly waitMs?: number;
}): Promise<DataDir> {
  const folder = path.resolve(options.path);
  await makeWritable(folder);
  const { waitMs = 15_000, address, say } = options;
  const lock: DataDirLock = await lockDataDir(folder, { waitMs, address, say });
  return {
    path: folder,
    crashed: lock.crashed,
    release: lock.release,
  };
}

/**
 * Makes the folder and those above it, one by one: `mkdir` with `recursive` never returns for a path inside `/proc`.
 */
async function makeFolder(folder: string): Promise<void> {
  try {
    await makeOne(folder);
  } catch (error) {
    const parent = path.dirname(folder);
    if (systemCode(error) !== 'ENOENT' || parent === folder) throw error;
    await makeFolder(parent);
    await makeOne(folder);
  }
}

async function makeOne(folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    // It was there, or another start was faster.
    if (systemCode(error) !== 'EEXIST') throw error;
  });
}

async function makeWritable(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
    await access(folder, constants.W_OK | constants.X_OK);
    // Root passes every permission check, and still cannot write to a read-only file system.
    const probe = path.join(folder, `.write-test-${process.pid}`);
    await writeFile(probe, '');
    // In containers that share the folder, others have the same number, and remove it as well.
    await rm(probe, { force: true });
  } catch (error) {
    const reason = systemCode(error) ?? String(error);
    throw new ClearError(
      `The data folder ${folder} cannot be written (${reason}). Make it writable, or set SOUK_DATA_DIR to another folder.`,
      { cause: error },
    );
  }
}
