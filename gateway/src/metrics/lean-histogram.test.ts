import { AggregatorRegistry, Histogram, Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { LeanHistogram } from './lean-histogram.js';

const config = { name: 'fetch_seconds', help: 'Fetches.', buckets: [0.1, 0.5, 1] };
const observed = [0.05, 0.1, 0.2, 0.9, 1, 7];

it('says in Prometheus’ text what prom-client’s own histogram says', async () => {
  const [ours, theirs] = [new Registry(), new Registry()];
  const mine = new LeanHistogram<'subgraph' | 'code'>({ ...config, registers: [ours] });
  const orders = mine.labels({ subgraph: 'orders' });
  const reference = new Histogram({ ...config, labelNames: ['subgraph', 'code'], registers: [theirs] });
  for (const seconds of observed) {
    orders.observe(seconds);
    reference.observe({ subgraph: 'orders' }, seconds);
  }
  mine.observe({ subgraph: 'users', code: 'TIMEOUT' }, 0.3);
  reference.observe({ subgraph: 'users', code: 'TIMEOUT' }, 0.3);
  expect(await ours.metrics()).toBe(await theirs.metrics());
});

it('the same labels are the same series, in whatever order they are named', () => {
  const mine = new LeanHistogram<'a' | 'b'>({ ...config, registers: [] });
  expect(mine.labels({ a: '1', b: '2' })).toBe(mine.labels({ b: '2', a: '1' }));
});

it('is summed over processes', async () => {
  const [first, second] = [new Registry(), new Registry()];
  for (const registry of [first, second])
    new LeanHistogram<'a'>({ ...config, registers: [registry] }).observe({ a: 'x' }, 0.3);
  const all = AggregatorRegistry.aggregate([await first.getMetricsAsJSON(), await second.getMetricsAsJSON()]);
  expect(await all.metrics()).toContain('fetch_seconds_count{a="x"} 2');
});

it('forgets when it is told to', async () => {
  const mine = new LeanHistogram<'a'>({ ...config, registers: [] });
  mine.observe({ a: 'x' }, 0.3);
  mine.reset();
  expect((await mine.get()).values).toEqual([]);
});
