import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { loadSupergraph } from '../supergraph/load.js';
import { readCacheHints } from './cache-hints.js';

const schema = path.join(import.meta.dirname, '../../../schema');

interface Published {
  readonly source: string;
  readonly payload: { readonly required?: readonly string[] };
}

it('every event that the shop’s cache hints wait for is published by its subgraph, with the id they want', async () => {
  const supergraph = loadSupergraph(await readFile(path.join(schema, 'supergraph.graphql'), 'utf8'));
  const text = await readFile(path.join(schema, 'events.json'), 'utf8');
  const published = new Map(Object.entries(JSON.parse(text) as Record<string, Published>));
  const changes = readCacheHints(supergraph)?.changes ?? [];
  expect(changes.length).toBeGreaterThan(5);
  const unheard = changes.flatMap(({ coordinate, subgraph, events, id }) =>
    events
      .filter((event) => {
        const found = published.get(event);
        if (found?.source !== subgraph) return true;
        return id !== undefined && !found.payload.required?.includes(id);
      })
      .map(
        (event) => `${coordinate} waits for ${event} of ${subgraph}${id === undefined ? '' : ` with ${id}`}`,
      ),
  );
  expect(unheard).toEqual([]);
});
