import { execFile } from 'node:child_process';
import { lchown, readFile, readdir, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** As whom the server runs: PostgreSQL refuses root, and `initdb` wants a user that /etc/passwd knows. */
export interface Identity {
  /** What comes before the program: nothing, or the command that changes the user. */
  readonly prefix: readonly string[];
  /** Who has to own the data on disk; undefined where that is whoever made it. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
}

const OURSELVES: Identity = { prefix: [], owner: undefined };

/**
 * Picks a way to run PostgreSQL that works for this user, in this folder, with these binaries. Ordinary users run
 * it as they are. For root (and for a container's user without a name) two ways are tried, and both keep access to
 * folders that only root may enter, so that nobody's folder modes have to change:
 *
 * 1. a user namespace in which our own user carries another user's number;
 * 2. another user that keeps the one capability to pass folder permissions.
 *
 * @param folder an existing folder that the server must be able to write
 * @throws Error that says what to do when neither works.
 */
export async function chooseIdentity(initdb: string, folder: string): Promise<Identity> {
  const uid = process.getuid?.();
  if (uid === undefined || (uid !== 0 && hasName())) return OURSELVES;
  for (const identity of await otherIdentities()) {
    if (await works(identity, initdb, folder)) return identity;
  }
  throw new Error(
    'PostgreSQL refuses to run as root, and neither "unshare --user" nor "setpriv" can change the user here. ' +
      'Start Souk as an ordinary user, or set DATABASE_URL to a running PostgreSQL server.',
  );
}

/** The two ways, best first. */
export async function otherIdentities(): Promise<readonly Identity[]> {
  const other = await someOtherUser();
  return [inUserNamespace(other), withoutRoot(other)];
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

const inUserNamespace = ({ uid, gid }: User): Identity => ({
  prefix: ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`, '--'],
  owner: { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 },
});

const withoutRoot = ({ uid, gid }: User): Identity => {
  const keep = '-all,+dac_override,+dac_read_search';
  const capabilities = [`--inh-caps=${keep}`, `--ambient-caps=${keep}`, `--bounding-set=${keep}`];
  // Without this the kernel forgets the capabilities when a program asks for its rights by access(2).
  const lasting = '--securebits=+no_setuid_fixup';
  return {
    prefix: ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...capabilities, lasting, '--'],
    owner: { uid, gid },
  };
};

/** `initdb --show` finds and starts `postgres`, reads its files and names its user, and changes nothing. */
async function works(identity: Identity, initdb: string, folder: string): Promise<boolean> {
  const [command = '', ...args] = identity.prefix;
  const check = ['sh', '-c', 'test -w "$1" && exec "$2" --show -D "$1/probe"', 'sh', folder, initdb];
  return run(command, [...args, ...check], { timeout: 10_000 }).then(
    () => true,
    () => false,
  );
}

function hasName(): boolean {
  try {
    return os.userInfo().username !== '';
  } catch {
    return false;
  }
}

/** The first user of /etc/passwd that is not root (`daemon`, usually). */
async function someOtherUser(): Promise<User> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const users = passwd.split('\n').map((line) => line.split(':'));
  const other = users.find(([, , uid]) => uid !== undefined && Number(uid) > 0);
  return { uid: Number(other?.[2] ?? 1000), gid: Number(other?.[3] ?? 1000) };
}

/** Gives the data to the user that the server runs as, if an earlier start ran it as another one. */
export async function giveDataTo(identity: Identity, cluster: string): Promise<void> {
  const { owner } = identity;
  if (owner === undefined || (await stat(cluster)).uid === owner.uid) return;
  const entries = await readdir(cluster, { recursive: true });
  for (const entry of entries) await lchown(path.join(cluster, entry), owner.uid, owner.gid);
  // The folder itself comes last: a start that ends half-way does all of it again.
  await lchown(cluster, owner.uid, owner.gid);
}
