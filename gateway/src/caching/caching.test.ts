import { describe, expect, it } from 'vitest';
import { audienceOf } from './audience.js';
import { canonicalJson } from './canonical-json.js';
import { createEventRules } from './event-rules.js';
import { createRecentChanges } from './recent-changes.js';
import { createRecentWriters, writerNames } from './recent-writers.js';
import { splitList } from './split-list.js';
import { createTaggedStore, type Kept } from './tagged-store.js';
import { createTrust } from './trust.js';

const kept = (tags: readonly string[], more: Partial<Kept<string>> = {}): Kept<string> => ({
  value: 'v',
  storedAt: 0,
  expiresAt: 100,
  staleUntil: 200,
  tags,
  bytes: 1_000,
  ...more,
});

describe('the store', () => {
  it('drops what depends on one thing, on any thing, or on all of a kind', () => {
    const store = createTaggedStore<string>({ maxBytes: 1e6, now: () => 0 });
    const fill = (): void => {
      store.set('one', kept(['Product:p1', 'Stock:p1']));
      store.set('other', kept(['Product:p2']));
      store.set('any', kept(['Product']));
      store.set('none', kept([]));
    };
    const left = (): string[] => ['one', 'other', 'any', 'none'].filter((key) => store.get(key));
    fill();
    expect([store.invalidate('Product', 'p1'), left()]).toEqual([2, ['other', 'none']]);
    fill();
    expect([store.invalidate('Product'), left()]).toEqual([3, ['none']]);
    fill();
    expect([store.invalidate('Stock', 'p2'), store.invalidate('Nothing'), left()]).toEqual([
      0,
      0,
      ['one', 'other', 'any', 'none'],
    ]);
    store.clear();
    expect([store.size, store.bytes, left()]).toEqual([0, 0, []]);
  });

  it('stays within its size: what was used longest ago goes, what is too big never comes', () => {
    const store = createTaggedStore<string>({ maxBytes: 13_000, now: () => 0 });
    for (let index = 0; index < 10; index += 1) store.set(`k${index}`, kept([`T:${index}`]));
    store.get('k0');
    for (let index = 10; index < 15; index += 1) store.set(`k${index}`, kept([]));
    expect(store.get('k0')).toBeDefined();
    expect(store.get('k1')).toBeUndefined();
    expect(store.bytes).toBeLessThanOrEqual(13_000);
    store.set('huge', kept([], { bytes: 2_000 }));
    expect(store.get('huge')).toBeUndefined();
    for (let index = 0; index < 15; index += 1) store.delete(`k${index}`);
    expect([store.size, store.bytes]).toEqual([0, 0]);
  });

  it('ends what depends on a kind, which may still stand in', () => {
    let now = 10;
    const store = createTaggedStore<string>({ maxBytes: 1e6, now: () => now });
    store.set('one', kept(['Product:p1']));
    store.set('any', kept(['Product']));
    store.set('over', kept(['Product'], { expiresAt: 5 }));
    store.set('other', kept(['Stock:p1']));
    const { bytes } = store;
    store.expire('Product');
    expect(['one', 'any', 'over', 'other'].map((key) => store.get(key)?.expiresAt)).toEqual([10, 10, 5, 100]);
    expect([store.size, store.bytes, store.invalidate('Product', 'p1')]).toEqual([4, bytes, 3]);
    now = 200;
    expect(store.get('other')).toBeUndefined();
  });

  it('forgets what is too old even to stand in', () => {
    let now = 0;
    const store = createTaggedStore<string>({ maxBytes: 1e6, now: () => now });
    store.set('a', kept(['T']));
    now = 199;
    expect(store.get('a')).toBeDefined();
    now = 200;
    expect([store.get('a'), store.size]).toEqual([undefined, 0]);
  });
});

it('a change is recent for who asked before it, or shortly after', () => {
  let now = 1_000;
  const changes = createRecentChanges({ settleMs: 50, memoryMs: 10_000, now: () => now });
  changes.note('Product', 'p1');
  expect(changes.changed(['Product:p1'], 900)).toBe(true);
  expect(changes.changed(['Product:p1'], 1_050)).toBe(true);
  expect(changes.changed(['Product:p1'], 1_051)).toBe(false);
  expect(changes.changed(['Product:p2'], 900)).toBe(false);
  expect(changes.changed(['Product'], 900)).toBe(true);
  changes.note('Stock');
  expect(changes.changed(['Stock:s9'], 900)).toBe(true);
  // What took longer than changes are remembered is never believed.
  now = 20_000;
  expect(changes.changed([], 9_000)).toBe(true);
  changes.note('Other');
  expect(changes.changed(['Product:p1'], 19_000)).toBe(false);
});

it('nothing is believed without events, nor of what was just changed', () => {
  let now = 0;
  const trust = createTrust(() => now);
  expect([trust.holds([]), trust.holds(['a'])]).toEqual([true, false]);
  trust.heard('a', true);
  trust.heard('b', true);
  trust.doubt('b', 10);
  trust.doubt('b', 5);
  expect([trust.holds(['a']), trust.holds(['a', 'b'])]).toEqual([true, false]);
  now = 10;
  expect(trust.holds(['a', 'b'])).toBe(true);
  trust.heard('a', false);
  expect(trust.holds(['a'])).toBe(false);
});

it('writers are known by user or cart, for a while', () => {
  let now = 0;
  const writers = createRecentWriters(10, () => now);
  const request = { requestId: 'r', viewer: { kind: 'anonymous' } } as const;
  const ada = { ...request, viewer: { kind: 'user', userId: 'ada', roles: [] } } as const;
  for (const name of writerNames({ ...ada, cartToken: 'c1' })) writers.note(name);
  expect(writerNames(request)).toEqual([]);
  expect([ada, { ...request, cartToken: 'c1' }].map(writers.has)).toEqual([true, true]);
  expect([request, { ...request, cartToken: 'c2' }].map(writers.has)).toEqual([false, false]);
  now = 10;
  expect(writers.has(ada)).toBe(false);
});

it('events change one thing, several, or, where they do not say, all', () => {
  const rules = createEventRules([
    { coordinate: 'Product', subgraph: 's', events: ['p.updated', 'p.made'], id: 'productId', field: 'id' },
    { coordinate: 'Variant', subgraph: 's', events: ['p.updated'], id: 'variantIds', field: 'id' },
    { coordinate: 'Query.count', subgraph: 's', events: ['p.made'], id: undefined, field: 'id' },
  ]);
  const event = (type: string, payload: unknown) => ({
    id: '1',
    type,
    source: 's',
    aggregateId: '',
    version: 1,
    occurredAt: '',
    correlationId: '',
    position: 1,
    payload,
  });
  expect(rules.types).toEqual(new Map([['s', ['p.updated', 'p.made']]]));
  expect(rules.changedBy('s', event('p.updated', { productId: 'p1', variantIds: ['v1', 2] }))).toEqual([
    { coordinate: 'Product', id: 'p1' },
    { coordinate: 'Variant', id: 'v1' },
    { coordinate: 'Variant', id: '2' },
  ]);
  expect(rules.changedBy('s', event('p.made', null))).toEqual([
    { coordinate: 'Product' },
    { coordinate: 'Query.count' },
  ]);
  expect(rules.changedBy('other', event('p.made', {}))).toEqual([]);
  expect(['s', 'other'].map(rules.coordinatesOf)).toEqual([['Product', 'Variant', 'Query.count'], []]);
});

it('lists are cut into their items, whatever is in them', () => {
  const items = [{ a: 'x,"}]\\' }, { b: [{ c: '{"\\"' }, 2] }, {}, { d: 'ü\\\\"' }];
  const text = JSON.stringify(items).slice(1, -1);
  expect(splitList(text).map((item) => JSON.parse(item) as unknown)).toEqual(items);
});

it('equal values have one text', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe('{"b":[1,{"c":"x","d":null}]}');
  expect(canonicalJson(undefined)).toBe('null');
});

it('no two audiences share a name by accident', () => {
  const request = { requestId: 'r', viewer: { kind: 'anonymous' } } as const;
  const user = (userId: string, ...roles: ('STAFF' | 'ADMIN')[]) =>
    ({ ...request, viewer: { kind: 'user', userId, roles } }) as const;
  const all = [
    user('a'),
    user('b'),
    user('a', 'STAFF'),
    { ...user('a'), cartToken: 'c' },
    { ...request, cartToken: 'a' },
    user('["a"'),
  ];
  expect(new Set(all.map((one) => audienceOf(one, true))).size).toBe(all.length);
  expect(audienceOf(request, true)).toBeUndefined();
  expect(audienceOf(user('a', 'STAFF', 'ADMIN'), false)).toBe(audienceOf(user('b', 'ADMIN', 'STAFF'), false));
  expect(audienceOf(user('a'), false)).not.toBe(audienceOf(request, false));
});
