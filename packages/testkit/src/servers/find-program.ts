import { access, constants } from 'node:fs/promises';
import path from 'node:path';

/**
 * Where a program is: on the PATH, or in one of the folders that Debian keeps off it.
 *
 * @returns undefined on a machine without it
 */
export async function findProgram(
  name: string,
  folders: readonly string[] = [],
): Promise<string | undefined> {
  const onPath = (process.env['PATH'] ?? '').split(path.delimiter);
  for (const folder of [...folders, ...onPath]) {
    const candidate = path.join(folder, name);
    const isThere = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return candidate;
  }
  return undefined;
}
