import { expect, it } from 'vitest';
import { createTinyShop } from '../__fixtures__/tiny-shop.js';
import { createDocumentCache } from '../engine/documents.js';
import type { CheckedOperation } from '../operation/checked-operation.js';
import { composeSupergraph } from '../supergraph/compose.js';
import { loadSupergraph } from '../supergraph/load.js';
import { createPlanner } from './planner.js';

const supergraph = loadSupergraph(composeSupergraph(createTinyShop().apps).supergraphSdl);
const documents = createDocumentCache(supergraph.api.schema);
const operation = (query: string, name?: string): CheckedOperation => {
  const checked = documents.check(query, name);
  if (!('document' in checked)) throw new Error(`invalid: ${checked.map(String).join()}`);
  return checked;
};

it('plans an operation once, and each operation of a document by itself', () => {
  const lookups: boolean[] = [];
  const planner = createPlanner(supergraph, { onLookup: (hit) => lookups.push(hit) });
  const two = 'query A { products { id } } query B { products { stock } }';
  const a = planner.plan(operation(two, 'A'));
  const b = planner.plan(operation(two, 'B'));
  expect(planner.plan(operation(two, 'A'))).toBe(a);
  expect([a.node?.kind, b.node?.kind]).toEqual(['Fetch', 'Sequence']);
  expect([lookups, planner.size]).toEqual([[false, false, true], 2]);
});

it('forgets what was used longest ago', () => {
  const planner = createPlanner(supergraph, { limit: 2 });
  const [one, two, three] = ['{ whoami }', '{ slow }', '{ notes }'].map((query) => operation(query));
  if (!one || !two || !three) throw new Error('three operations');
  const first = planner.plan(one);
  const second = planner.plan(two);
  planner.plan(one);
  planner.plan(three);
  expect(planner.size).toBe(2);
  expect(planner.plan(one)).toBe(first);
  expect(planner.plan(two)).not.toBe(second);
});

it('splits a subscription into its stream and what is joined', () => {
  const { node } = createPlanner(supergraph).plan(operation('subscription { priceChanged { name stock } }'));
  expect(node).toMatchObject({
    kind: 'Subscription',
    primary: { serviceName: 'products' },
    rest: { kind: 'Sequence' },
  });
});
