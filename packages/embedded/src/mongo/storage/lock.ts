import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { lockFile } from './files.js';
import { identityOf } from './process-identity.js';

/** Thrown when another live server holds the data folder. */
export class FolderInUse extends Error {
  readonly folder: string;
  readonly pid: number;
  constructor(folder: string, pid: number) {
    super(`The data folder ${folder} is in use by process ${pid}; stop that one, or choose another folder`);
    this.name = 'FolderInUse';
    this.folder = folder;
    this.pid = pid;
  }
}

/**
 * Makes sure that one server has the folder: a file that names its process. A file whose process is gone (or whose
 * number belongs to another process by now) was left by a kill -9 and is taken over.
 *
 * @returns what releases the lock
 * @throws FolderInUse
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const file = lockFile(folder);
  const own = `${file}.${randomUUID()}`;
  const content = JSON.stringify({ ...identityOf(process.pid), token: own });
  writeFileSync(own, content, { flush: true });
  try {
    // a link appears whole or not at all, and fails when the name is taken
    while (!tryLink(own, file)) setAside(folder, file, own);
  } finally {
    rmSync(own, { force: true });
  }
  return () => {
    if (readIfThere(file) === content) rmSync(file, { force: true });
  };
}

function tryLink(own: string, file: string): boolean {
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a dead process's lock away; puts it back if somebody else renewed it in between. */
function setAside(folder: string, file: string, own: string): void {
  const found = readIfThere(file);
  if (found === undefined) return;
  const holder = liveHolder(found);
  if (holder !== undefined) throw new FolderInUse(folder, holder);
  const aside = `${own}.stale`;
  try {
    renameSync(file, aside);
  } catch {
    return; // somebody else was faster; look again
  }
  const moved = readIfThere(aside);
  const renewedBy = moved === found || moved === undefined ? undefined : liveHolder(moved);
  if (renewedBy !== undefined) {
    tryLink(aside, file);
    rmSync(aside, { force: true });
    throw new FolderInUse(folder, renewedBy);
  }
  rmSync(aside, { force: true });
}

function liveHolder(content: string): number | undefined {
  const { pid, started } = parse(content);
  if (pid === undefined) return undefined;
  const running = identityOf(pid);
  return running !== undefined && running.started === started ? pid : undefined;
}

function parse(content: string): { pid?: number; started?: string } {
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value !== 'object' || value === null) return {};
    return {
      ...('pid' in value && typeof value.pid === 'number' ? { pid: value.pid } : {}),
      ...('started' in value && typeof value.started === 'string' ? { started: value.started } : {}),
    };
  } catch {
    return {};
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
