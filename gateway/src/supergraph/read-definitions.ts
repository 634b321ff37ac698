import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { SubgraphDefinition } from './compose.js';

/**
 * Finds every subgraph's SDL: `<folder>/<name>/src/schema.graphql`. The folder's name is the subgraph's name.
 *
 * @param folder relative to the working directory
 */
export async function readSubgraphDefinitions(folder: string): Promise<readonly SubgraphDefinition[]> {
  const names = await readdir(folder);
  const found = await Promise.all(
    names.sort().map(async (name) => {
      const sdl = await readFile(path.join(folder, name, 'src/schema.graphql'), 'utf8').catch(
        () => undefined,
      );
      return sdl === undefined ? [] : [{ name, sdl, url: `http://${name}:4000/graphql` }];
    }),
  );
  return found.flat();
}
