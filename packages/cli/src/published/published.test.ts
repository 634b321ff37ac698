import { readFileSync } from 'node:fs';
import path from 'node:path';
import { snapshotOf, undescribedFields } from '@souk/kit/events';
import { expect, test } from 'vitest';
import { loadCatalogues } from './catalogues.js';

test('schema/events.json is what the subgraphs publish; run "npm run events" after a change', async () => {
  const file = path.join(import.meta.dirname, '../../../../schema/events.json');
  // As plain JSON, which has no undefined.
  const snapshot: unknown = JSON.parse(JSON.stringify(snapshotOf(await loadCatalogues())));
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(snapshot);
});

test('every field that is published says what it means', async () => {
  expect(undescribedFields(snapshotOf(await loadCatalogues()))).toEqual([]);
});
