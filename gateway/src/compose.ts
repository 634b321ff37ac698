import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findBlankPages } from './supergraph/blank-pages.js';
import { composeSupergraph } from './supergraph/compose.js';
import { loadSupergraph } from './supergraph/load.js';
import { readSubgraphDefinitions } from './supergraph/read-definitions.js';
import { SupergraphError } from './supergraph/supergraph-error.js';

const HEADER = '# Made by "npm run compose" from subgraphs/*/src/schema.graphql. Do not edit.\n';

/**
 * `npm run compose`: writes what composition makes to schema/; with `--check` only says whether it is up to date.
 * Refuses a schema in which the failure of one subgraph would blank a page.
 */
async function main(check: boolean): Promise<number> {
  const { supergraphSdl, apiSdl, hints } = composeSupergraph(await readSubgraphDefinitions('subgraphs'));
  const blankPages = findBlankPages(loadSupergraph(supergraphSdl).internal);
  if (blankPages.length > 0) throw new SupergraphError('The supergraph', blankPages);
  for (const hint of hints) console.error(`hint: ${hint}`);
  const products = { 'supergraph.graphql': supergraphSdl, 'api.graphql': apiSdl };
  let stale = 0;
  await mkdir('schema', { recursive: true });
  for (const [name, sdl] of Object.entries(products)) {
    const file = path.join('schema', name);
    const text = `${HEADER}\n${sdl}`;
    if ((await readFile(file, 'utf8').catch(() => '')) === text) continue;
    stale += 1;
    if (check) console.error(`${file} is out of date. Run "npm run compose" and commit it.`);
    else await writeFile(file, text).then(() => console.error(`wrote ${file}`));
  }
  return check && stale > 0 ? 1 : 0;
}

try {
  process.exitCode = await main(process.argv.includes('--check'));
} catch (error) {
  if (!(error instanceof SupergraphError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
