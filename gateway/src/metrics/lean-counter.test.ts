import { AggregatorRegistry, Counter, Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { LeanCounter } from './lean-counter.js';

const config = { name: 'lookups_total', help: 'Lookups.' };

it('says in Prometheus’ text what prom-client’s own counter says', async () => {
  const [ours, theirs] = [new Registry(), new Registry()];
  const mine = new LeanCounter<'cache' | 'result'>({ ...config, registers: [ours] });
  const reference = new Counter({ ...config, labelNames: ['cache', 'result'], registers: [theirs] });
  for (const result of ['hit', 'miss', 'hit']) {
    mine.labels({ cache: 'plan', result }).inc();
    reference.labels({ cache: 'plan', result }).inc();
  }
  // One that is looked up counts from nothing.
  mine.labels({ cache: 'response', result: 'hit' });
  reference.inc({ cache: 'response', result: 'hit' }, 0);
  expect(await ours.metrics()).toBe(await theirs.metrics());
});

it('the same labels are the same count, in whatever order they are named', () => {
  const mine = new LeanCounter<'a' | 'b'>({ ...config, registers: [] });
  expect(mine.labels({ a: '1', b: '2' })).toBe(mine.labels({ b: '2', a: '1' }));
});

it('is summed over processes', async () => {
  const registries = [new Registry(), new Registry()];
  for (const registry of registries)
    new LeanCounter<'a'>({ ...config, registers: [registry] }).labels({ a: 'x' }).inc();
  const all = AggregatorRegistry.aggregate(
    await Promise.all(registries.map((registry) => registry.getMetricsAsJSON())),
  );
  expect(await all.metrics()).toContain('lookups_total{a="x"} 2');
});

it('forgets when it is told to', async () => {
  const mine = new LeanCounter<'a'>({ ...config, registers: [] });
  mine.labels({ a: 'x' }).inc();
  mine.reset();
  expect((await mine.get()).values).toEqual([]);
});
