import { until } from '@souk/testkit/waiting';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createMemoryEventLog, type MemoryEventLog } from '../__fixtures__/memory-event-log.js';
import { silent } from '../__fixtures__/tiny-shop.js';
import { createEventRules } from './event-rules.js';
import { createFollowers, type Followers, type SharedPositions } from './followers.js';
import { createTrust, type Trust } from './trust.js';

const rulesFor = (...coordinates: string[]) =>
  createEventRules(
    coordinates.map((coordinate) => ({
      coordinate,
      subgraph: 'products',
      events: ['product.updated'],
      id: undefined,
      field: 'id',
    })),
  );
const SUBGRAPHS = [{ name: 'products', url: 'http://products' }];

let log: MemoryEventLog;
let trust: Trust;
let followers: Followers;
/** What happened, in order. */
let told: string[];
beforeEach(() => {
  [log, trust, told] = [createMemoryEventLog('products'), createTrust(), []];
  begin();
});
afterEach(() => followers.stop());

function begin(positions?: SharedPositions): void {
  followers = createFollowers({
    logs: () => log,
    logger: silent,
    trust,
    positions,
    onBegin: (source, rules, isSaved) =>
      told.push(`begins with ${rules.coordinatesOf(source).join()}${isSaved ? ', as saved' : ''}`),
    onEvents: (source, events, rules) => {
      for (const event of events)
        told.push(
          ...rules.changedBy(source, event).map(({ coordinate }) => `${coordinate} ${event.position}`),
        );
    },
  });
}
const heard = (): Promise<void> => until(() => trust.holds(['products']));
const publish = (): void => log.publish('product.updated', {});

it('a log that cannot be read is followed from where it ends when it can, which is told', async () => {
  log.isBroken = true;
  followers.follow(rulesFor('Product'), SUBGRAPHS);
  publish();
  expect(told).toEqual([]);
  log.isBroken = false;
  await heard();
  publish();
  await until(() => told.length === 2);
  expect(told).toEqual(['begins with Product', 'Product 2']);
  log.isBroken = true;
  await until(() => !trust.holds(['products']));
  publish();
  log.isBroken = false;
  await heard();
  expect(told).toEqual(['begins with Product', 'Product 2', 'Product 3']);
});

it('it is followed from where another replica was with the same rules, which is told', async () => {
  const saved = new Map<string, number>();
  const positions = {
    load: async (name: string) => saved.get(name),
    save: (name: string, position: number) => saved.set(name, position),
  };
  begin(positions);
  followers.follow(rulesFor('Product'), SUBGRAPHS);
  await heard();
  await followers.stop();
  publish();
  begin(positions);
  followers.follow(rulesFor('Product'), SUBGRAPHS);
  await heard();
  await followers.stop();
  begin(positions);
  followers.follow(rulesFor('Product', 'Query.count'), SUBGRAPHS);
  await heard();
  expect(told).toEqual([
    'begins with Product',
    'begins with Product, as saved',
    'Product 1',
    'begins with Product,Query.count',
  ]);
});

it('rules that come back go on from where they were: others did not take in what they say changes', async () => {
  followers.follow(rulesFor('Product', 'Query.count'), SUBGRAPHS);
  await heard();
  followers.follow(rulesFor('Product'), SUBGRAPHS);
  expect(trust.holds(['products'])).toBe(false);
  await heard();
  publish();
  await until(() => told.includes('Product 1'));
  followers.follow(rulesFor('Product', 'Query.count'), SUBGRAPHS);
  await heard();
  expect(told).toEqual([
    'begins with Product,Query.count',
    'begins with Product',
    'Product 1',
    'Product 1',
    'Query.count 1',
  ]);
  followers.follow(rulesFor('Query.count', 'Product'), SUBGRAPHS);
  expect(trust.holds(['products'])).toBe(true);
});
