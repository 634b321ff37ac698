import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** What the build reads, from the root of the checkout. */
const SOURCES = [
  'packages',
  'subgraphs',
  'gateway',
  'client',
  'schema',
  'codegen.yml',
  'turbo.json',
  'tsconfig.json',
  'package-lock.json',
];
/** What the build writes, or never reads. */
const SKIPPED = new Set(['node_modules', 'dist', '__generated__', '.turbo', '.souk', 'coverage']);

/**
 * A fast summary (names, sizes, times) and a sure one (contents) of all that the build reads. The sure one is
 * worked out only when asked for.
 *
 * @param {string} root
 */
export async function fingerprint(root) {
  const files = (await Promise.all(SOURCES.map((name) => list(root, name)))).flat();
  const stats = await Promise.all(files.map((file) => stat(path.join(root, file))));
  const fast = createHash('sha256');
  for (const [index, file] of files.entries())
    fast.update(`${file}\0${stats[index]?.size}\0${stats[index]?.mtimeMs}\n`);
  return {
    fast: fast.digest('hex'),
    async sure() {
      const contents = await Promise.all(files.map((file) => readFile(path.join(root, file))));
      const sure = createHash('sha256');
      for (const [index, file] of files.entries()) sure.update(`${file}\0`).update(contents[index] ?? '');
      return sure.digest('hex');
    },
  };
}

/**
 * @param {string} root
 * @param {string} name
 * @returns {Promise<string[]>} files in a fixed order
 */
async function list(root, name) {
  const found = await stat(path.join(root, name)).catch(() => undefined);
  if (!found) return [];
  if (!found.isDirectory()) return [name];
  const entries = await readdir(path.join(root, name), { withFileTypes: true });
  const nested = entries
    .filter((entry) => !SKIPPED.has(entry.name) && !entry.isSymbolicLink())
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .map((entry) =>
      entry.isDirectory() ? list(root, path.join(name, entry.name)) : [path.join(name, entry.name)],
    );
  return (await Promise.all(nested)).flat();
}

/**
 * The folders that builds make, as far as they are there.
 *
 * @param {string} root
 */
export async function outputs(root) {
  const workspaces = [
    'gateway',
    'client',
    ...(await children(root, 'packages')),
    ...(await children(root, 'subgraphs')),
  ];
  const candidates = workspaces.flatMap((name) => [
    path.join(name, 'dist'),
    path.join(name, 'src/__generated__'),
  ]);
  const present = await Promise.all(
    candidates.map((name) => stat(path.join(root, name)).catch(() => undefined)),
  );
  return candidates.filter((_, index) => present[index]?.isDirectory());
}

/**
 * @param {string} root
 * @param {string} folder
 */
async function children(root, folder) {
  const names = await readdir(path.join(root, folder)).catch(() => []);
  return names.sort().map((name) => path.join(folder, name));
}
