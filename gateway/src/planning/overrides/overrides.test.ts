import { ANONYMOUS } from '@souk/kit/auth';
import { buildSchema, parse } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import { createDocumentCache } from '../../engine/documents.js';
import type { CheckedOperation } from '../../operation/checked-operation.js';
import { composeSupergraph } from '../../supergraph/compose.js';
import { loadSupergraph } from '../../supergraph/load.js';
import { standing } from './for-whom.js';
import { labelsIn } from './labels-in.js';
import { createOverrides, type OverridesDeps } from './overrides.js';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@override"])\n`;
const supergraph = loadSupergraph(
  composeSupergraph([
    {
      name: 'old',
      sdl: `${link}type Query { a: Int b: Int c: Int d: Int other: Int }`,
    },
    {
      name: 'new',
      sdl: `${link}type Query {
        a: Int @override(from: "old", label: "a")
        b: Int @override(from: "old", label: "b")
        c: Int @override(from: "old", label: "percent(40)") }`,
    },
  ]).supergraphSdl,
);
const documents = createDocumentCache(supergraph.api.schema);
const operation = (query: string): CheckedOperation => {
  const checked = documents.check(query, undefined);
  if (!('document' in checked)) throw new Error(checked.map(String).join());
  return checked;
};
const user = (userId: string) => ({ viewer: { kind: 'user' as const, userId, roles: [] } });
const overrides = (labels: OverridesDeps['labels'], more: OverridesDeps = {}) => {
  const made = createOverrides(supergraph, { ...(labels ? { labels } : {}), ...more });
  if (!made) throw new Error('there are labels that may be on');
  return made;
};

describe('fields under a label', () => {
  it('cost nothing where there are none, or none that is on', () => {
    const plain = loadSupergraph(
      composeSupergraph([{ name: 'a', sdl: `${link}type Query { a: Int }` }]).supergraphSdl,
    );
    expect(createOverrides(plain, {})).toBeUndefined();
    expect(createOverrides(supergraph, { labels: { 'percent(40)': false } })).toBeUndefined();
  });

  it('stay where they were, until their label is on', () => {
    const asked = operation('{ a }');
    expect(overrides({ b: true })(asked, user('ada'))).toBe(asked);
    const moved = overrides({ a: true, b: true })(asked, user('ada'));
    expect(moved).toMatchObject({ labels: ['a'], hash: `${asked.hash}+a` });
  });

  it('leave operations alone that do not select them', () => {
    const asked = operation('{ other d }');
    expect(overrides({ a: true, b: true })(asked, user('ada'))).toBe(asked);
  });

  it('make one operation for each combination, which is the same again', () => {
    const apply = overrides({ a: true, b: 50 });
    const seen = Array.from({ length: 50 }, (_, n) => apply(operation('{ a b }'), user(`user ${n}`)));
    expect([...new Set(seen)].map(({ labels }) => labels?.join()).sort()).toEqual(['a', 'a,b']);
  });

  it('move for a share of clients, always for the same ones', () => {
    const isMoved = (userId: string, percent: number): boolean =>
      overrides({ 'percent(40)': percent })(operation('{ c }'), user(userId)).labels !== undefined;
    const users = Array.from({ length: 400 }, (_, n) => `user ${n}`);
    const at = (percent: number) => users.filter((userId) => isMoved(userId, percent));
    const moved = at(40);
    expect(moved.length).toBeGreaterThan(120);
    expect(moved.length).toBeLessThan(200);
    expect(at(40)).toEqual(moved);
    // Who has moved stays moved when the share grows.
    expect(at(60)).toEqual(expect.arrayContaining(moved));
    expect([at(0.0001).length, at(100).length]).toEqual([0, 400]);
  });

  it('say themselves for how many, know a guest by the cart, and throw dice for strangers', () => {
    let dice = 0;
    const apply = overrides(undefined, { random: () => dice });
    const labels = (context: Parameters<typeof apply>[1]) => apply(operation('{ c }'), context).labels;
    expect(labels({ viewer: ANONYMOUS })).toEqual(['percent(40)']);
    dice = 0.4;
    expect(labels({ viewer: ANONYMOUS })).toBeUndefined();
    const carts = Array.from({ length: 100 }, (_, n) =>
      Boolean(labels({ viewer: ANONYMOUS, cartToken: `cart ${n}` })),
    );
    expect([...new Set(carts)].sort()).toEqual([false, true]);
    expect(Boolean(labels({ viewer: { kind: 'service', service: 'mailer' } }))).toBe(
      standing('percent(40)', 'service mailer') < 40,
    );
  });

  it('are missed when an option names one that is not there', () => {
    const onUnknown = vi.fn();
    createOverrides(supergraph, { labels: { a: true, tpyo: true }, onUnknown });
    expect(onUnknown).toHaveBeenCalledExactlyOnceWith(['tpyo']);
  });
});

it('an operation depends on labels of fields that only keys and @requires name, and of an interface’s types', () => {
  const directives = `directive @join__field(graph: String, requires: String, override: String, overrideLabel: String) repeatable on FIELD_DEFINITION
    directive @join__type(graph: String, key: String) repeatable on OBJECT | INTERFACE`;
  const sdl = `${directives}
    type Query { things: [Thing] }
    interface Thing { id: ID weight: Int colour: String }
    type Stone implements Thing @join__type(graph: "A", key: "id") {
      id: ID
      weight: Int @join__field(graph: "B", override: "a", overrideLabel: "weights")
      colour: String @join__field(graph: "B", override: "a", overrideLabel: "colours")
      postage: Int @join__field(graph: "C", requires: "weight")
    }`;
  const labels = labelsIn(sdl, buildSchema(sdl));
  expect(labels?.of(parse('{ things { id } }'))).toEqual(['weights']);
  expect(labels?.of(parse('{ things { ...F } } fragment F on Thing { shade: colour }'))).toEqual([
    'colours',
    'weights',
  ]);
});
