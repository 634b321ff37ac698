import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type EventSnapshot, incompatibilities, snapshotOf } from '@souk/kit/events';
import { format } from 'prettier';
import { loadCatalogues } from './catalogues.js';
import { describeEvents } from './describe-events.js';

// `npm run events`: writes down what subgraphs publish, unless somebody who relies on what is committed would break.
const root = path.join(import.meta.dirname, '../../../..');
const snapshotFile = path.join(root, 'schema/events.json');
const docsFile = path.join(root, 'docs/events.md');

const committed = JSON.parse(await readFile(snapshotFile, 'utf8').catch(() => '{}')) as EventSnapshot;
const snapshot = snapshotOf(await loadCatalogues());
const problems = incompatibilities(committed, snapshot);
if (problems.length > 0) {
  console.error('These changes break whoever reads the events that are described in schema/events.json:');
  for (const problem of problems) console.error(`  - ${problem}`);
  process.exitCode = 1;
} else {
  await writeFile(snapshotFile, await format(JSON.stringify(snapshot), { parser: 'json', printWidth: 110 }));
  await writeFile(docsFile, await format(describeEvents(snapshot), { parser: 'markdown', printWidth: 110 }));
}
