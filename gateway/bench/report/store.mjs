import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';

const folder = path.join(import.meta.dirname, '../results');
const docs = path.join(import.meta.dirname, '../../../docs');

/** Measurements are kept as JSON, so that parts can be measured again without losing the others. */
export function readResults(name) {
  const file = path.join(folder, `${name}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}

/**
 * Puts new entries in the place of those with the same key.
 *
 * @param keyOf what tells entries apart
 */
export async function mergeResults(name, entries, keyOf) {
  const keys = new Set(entries.map(keyOf));
  const kept = readResults(name).filter((entry) => !keys.has(keyOf(entry)));
  await write(path.join(folder, `${name}.json`), JSON.stringify([...kept, ...entries]));
}

/** @param name of the file in docs/ @default 'benchmarks.md' */
export const writeReport = (text, name = 'benchmarks.md') => write(path.join(docs, name), text);

async function write(file, text) {
  const style = await resolveConfig(file);
  writeFileSync(file, await format(text, { ...style, filepath: file }));
}
