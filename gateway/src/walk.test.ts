import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { createMemoryKv } from '@souk/kit/kv';
import { afterEach, expect, it } from 'vitest';
import { silent } from './__fixtures__/tiny-shop.js';
import { createCaching } from './caching/caching.js';
import type { GatewayOptions } from './gateway-options.js';
import { createGatewayMetrics } from './metrics/gateway-metrics.js';
import type { GatewayPlugin } from './plugin.js';
import { createEventAnswers } from './sse/answer-events.js';
import { type WalkDeps, createWalk } from './walk.js';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

function walkWith(options: GatewayOptions = {}, more: Partial<WalkDeps> = {}): readonly GatewayPlugin[] {
  const never = (): never => {
    throw new Error('nobody asks here');
  };
  const [kv, metrics] = [createMemoryKv(), createGatewayMetrics()];
  const caching =
    options.caching === false ? undefined : createCaching({ options: {}, kv, metrics, logger: silent });
  const walk = createWalk({
    options,
    engine: never,
    run: never,
    identify: never,
    isStopping: () => false,
    kv,
    metrics,
    caching,
    events: createEventAnswers(silent),
    logger: silent,
    routes: [],
    bodyLimit: 1,
    ...more,
  });
  stops.push(async () => {
    await Promise.all(walk.flatMap((plugin) => plugin.stop?.() ?? []));
    await caching?.stop();
    await kv.close();
  });
  return walk;
}
const namesOf = (walk: readonly GatewayPlugin[]): readonly string[] => walk.map(({ name }) => name);

it.each([
  ['compression', 'compression'],
  ['persistedOperations', 'persisted-operations'],
  ['limits', 'limits'],
  ['deadline', 'deadline'],
  ['cost', 'cost'],
  ['rateLimit', 'rate-limit'],
  ['idempotency', 'idempotency'],
  ['caching', 'response-cache'],
  ['resilience', 'resilience'],
] as const)(
  'with `%s: false` no request passes the plugin, and all others in their order',
  (section, name) => {
    const usual = namesOf(walkWith());
    expect(usual).toContain(name);
    expect(namesOf(walkWith({ [section]: false }))).toEqual(usual.filter((one) => one !== name));
  },
);

it('headers that have no rules, and traces that nobody collects, cost nothing', () => {
  const usual = namesOf(walkWith());
  expect(namesOf(walkWith({ headers: { request: [], response: [] } }))).toEqual(usual);
  const ruled = namesOf(walkWith({ headers: { request: [{ propagate: 'accept-language' }] } }));
  expect(ruled.filter((name) => !usual.includes(name))).toEqual(['headers']);
  expect(usual).not.toContain('tracing');
});

it('every plugin has one folder of its name, and every folder a plugin', async () => {
  const served = {
    playgroundDir: import.meta.dirname,
    routes: [{ path: '/img/', handle: async () => {} }],
  };
  const names = namesOf(walkWith({ headers: { request: [{ propagate: 'accept-language' }] } }, served));
  const folders = await readdir(path.join(import.meta.dirname, 'plugins'));
  expect([...names, 'tracing'].sort()).toEqual(folders.sort());
});
