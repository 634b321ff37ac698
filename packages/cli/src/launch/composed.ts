import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { SubgraphApp } from '@souk/kit/subgraph';

type Composable = Pick<SubgraphApp, 'name' | 'sdl'>;

/**
 * The supergraph of these subgraphs: composed once, then kept in the data folder under a name made of all that it
 * depends on. Composing takes a third of a second, which would be a tenth of a start.
 */
export async function composed<App extends Composable>(
  apps: readonly App[],
  dataDir: string,
  compose: (apps: readonly App[]) => { readonly supergraphSdl: string },
): Promise<string> {
  const file = path.join(dataDir, 'cache', `supergraph-${fingerprint(apps)}.graphql`);
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return kept;
  const { supergraphSdl } = compose(apps);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.new`, supergraphSdl);
  await rename(`${file}.new`, file);
  return supergraphSdl;
}

function fingerprint(apps: readonly Composable[]): string {
  const hash = createHash('sha256').update(composerVersion());
  for (const { name, sdl } of apps) hash.update(`\0${name}\0${sdl}`);
  return hash.digest('hex').slice(0, 32);
}

/** Another version of the composer may compose differently. */
function composerVersion(): string {
  const gateway = createRequire(import.meta.resolve('@souk/gateway'));
  // package.json of any package has a version.
  return (gateway('@apollo/composition/package.json') as { version: string }).version;
}
