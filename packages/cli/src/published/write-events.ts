import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type EventSnapshot, incompatibilities, snapshotOf, undescribedFields } from '@souk/kit/events';
import { format } from 'prettier';
import { loadCatalogues } from './catalogues.js';
import { describeEvents } from './describe-events.js';

// `npm run events`: writes down what subgraphs publish, unless somebody who relies on what is committed would break.
const root = path.join(import.meta.dirname, '../../../..');
const snapshotFile = path.join(root, 'schema/events.json');
const docsFile = path.join(root, 'docs/events.md');

const committed = JSON.parse(await readFile(snapshotFile, 'utf8').catch(() => '{}')) as EventSnapshot;
const snapshot = snapshotOf(await loadCatalogues());
const refuse = (why: string, problems: readonly string[]): void => {
  if (problems.length === 0) return;
  console.error(why);
  for (const problem of problems) console.error(`  - ${problem}`);
  process.exitCode = 1;
};
refuse(
  'These changes break whoever reads the events that are described in schema/events.json:',
  incompatibilities(committed, snapshot),
);
refuse(
  'These fields are published without a word of what they mean. Give them .describe():',
  undescribedFields(snapshot),
);
if (process.exitCode === undefined) {
  await writeFile(snapshotFile, await format(JSON.stringify(snapshot), { parser: 'json', printWidth: 110 }));
  await writeFile(docsFile, await format(describeEvents(snapshot), { parser: 'markdown', printWidth: 110 }));
}
