import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * Looks for a real `mongod`, which is to be preferred where there is one.
 *
 * @param pathEnv the value of the environment variable PATH
 * @returns the absolute file name of the first one found
 *
 * @example
 * const binary = await findMongod('/usr/local/bin:/usr/bin');
 */
export async function findMongod(pathEnv: string | undefined): Promise<string | undefined> {
  for (const folder of (pathEnv ?? '').split(path.delimiter)) {
    if (!path.isAbsolute(folder)) continue; // a relative entry would depend on where the command was typed
    const file = path.join(folder, 'mongod');
    if (await isProgram(file)) return file;
  }
  return undefined;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
