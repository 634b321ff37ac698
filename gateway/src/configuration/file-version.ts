import { statSync } from 'node:fs';

/**
 * Differs whenever a file was written or replaced; undefined while there is none. The time alone would not do: file
 * systems keep it in steps of milliseconds, and two versions fit into one.
 */
export function fileVersion(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.isFile() ? `${found.mtimeMs}-${found.ino}-${found.size}` : undefined;
}
