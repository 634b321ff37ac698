import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

export const root = path.join(import.meta.dirname, '../..');

const generated = readFileSync(path.join(root, '.gitignore'), 'utf8')
  .split('\n')
  .flatMap((line) => (line.endsWith('/') ? line.slice(0, -1) : []));

/** Whether git ignores this: what is built or fetched may be there or not. */
export const isGenerated = (file: string): boolean =>
  file.split('/').some((name) => name === '.git' || generated.includes(name));

/** Every file of the repository as `docs/README.md`, every folder as `docs/`, without what git ignores. */
export const paths: readonly string[] = list('');

function list(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (isGenerated(entry.name)) return [];
    const entryPath = folder + entry.name;
    return entry.isDirectory() ? [`${entryPath}/`, ...list(`${entryPath}/`)] : [entryPath];
  });
}

const scriptsIn = (folder: string): { name: string; scripts: string[] } => {
  // Written by npm, so it has this shape.
  const read = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8')) as {
    name: string;
    scripts?: Record<string, string>;
  };
  return { name: read.name, scripts: Object.keys(read.scripts ?? {}) };
};

/** Every package.json, the root's first. */
export const packages = paths
  .filter((file) => file.endsWith('/package.json'))
  .map((file) => scriptsIn(path.dirname(file)));
export const rootScripts = scriptsIn('.').scripts;
