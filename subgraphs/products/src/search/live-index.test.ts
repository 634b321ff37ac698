import { catalogue, categories } from '@souk/demo-data/catalogue';
import type { DomainEvent } from '@souk/kit/events';
import { createMemoryLog } from '@souk/testkit/events';
import { silentLogger } from '@souk/testkit/logger';
import { expect, it } from 'vitest';
import { toFilter } from '../domain/filter.js';
import type { Product } from '../domain/product.js';
import type { CatalogueStore } from '../store/store.js';
import { createLiveIndex } from './live-index.js';

const products: Product[] = [...catalogue({ products: 50 })].map(({ rating, createdAt, ...rest }) => ({
  ...rest,
  ratingTenths: rating * 10,
  published: true,
  origin: 'demo',
  version: 1,
  createdAt: new Date(createdAt),
}));

/** A catalogue in memory that counts how often it was read from one end to the other. */
function memoryStore() {
  const byId = new Map(products.map((product) => [product.id, product]));
  let walks = 0;
  let atTheEnd = async (): Promise<void> => {};
  let onTheWay = async (): Promise<void> => {};
  const store = {
    categories: { all: async () => [...categories] },
    products: {
      async byIds(ids: readonly string[]) {
        const found = ids.flatMap((id) => byId.get(id) ?? []);
        await onTheWay();
        return found;
      },
      async *published() {
        walks += 1;
        yield [...byId.values()].filter(({ published }) => published);
        await atTheEnd();
      },
    },
  };
  return {
    byId,
    walks: () => walks,
    /** What every walk does from now on when it has seen all products and is not over yet. */
    endWalksWith: (work: () => Promise<void>) => void (atTheEnd = work),
    /** What becomes of everything that is read by id from now on, before it arrives. */
    delayReads: (work: () => Promise<void>) => void (onTheWay = work),
    // The index reads these three and nothing else.
    store: store as unknown as CatalogueStore,
  };
}
const MOST_WASTE = 20;
/** A live index over a catalogue in memory, and what a test does to the two. */
async function startLive() {
  const memory = memoryStore();
  const log = createMemoryLog();
  const live = createLiveIndex({ store: memory.store, log, logger: silentLogger, mostWaste: MOST_WASTE });
  await live.start();
  const write = (product: Product, change: Partial<Product>): Product => {
    const before = memory.byId.get(product.id) ?? product;
    const after = { ...before, ...change, version: before.version + 1 };
    memory.byId.set(after.id, after);
    return after;
  };
  /** As this replica changes a product. */
  const change = async (product: Product, change: Partial<Product>): Promise<void> => {
    const { id } = write(product, change);
    await live.refresh([id]);
  };
  const wearOut = async (): Promise<void> => {
    for (let count = 0; count <= MOST_WASTE; count += 1) await change(worn, { name: `Renamed ${count}` });
  };
  return {
    ...memory,
    live,
    change,
    /** Makes just so many changes that a new index is built. */
    wearOut,
    /** Resolves when the new index has read all products; it takes over once the result is called. */
    async beginRebuild(): Promise<() => void> {
      const walked = new Promise<() => void>((resolve) => {
        memory.endWalksWith(() => new Promise((letGo) => resolve(letGo)));
      });
      await wearOut();
      return walked;
    },
    /** As another replica does: only the event tells of it. */
    changeElsewhere(product: Product, change: Partial<Product>): void {
      log.append(changed(write(product, change)));
    },
    found: (query: string): string[] =>
      live
        .current()
        .find({ query, filter: toFilter(null), sort: 'RELEVANCE', limit: 5, after: undefined })
        .hits.map(({ id }) => id),
  };
}
const changed = ({ id, version }: Product): DomainEvent => ({
  id: `${id}-${version}`,
  type: 'product.updated',
  source: 'products',
  aggregateId: id,
  version,
  occurredAt: '2026-11-28T12:00:00.000Z',
  correlationId: 'test',
  payload: {},
});
const [worn, ours, theirs, hidden] = products as [Product, Product, Product, Product];

it('is not asked before it is built', async () => {
  const { store } = memoryStore();
  const live = createLiveIndex({ store, log: createMemoryLog(), logger: silentLogger });
  expect(() => live.current()).toThrow('still being indexed');
});

it('is built afresh when changes have left too much behind', async () => {
  const { live, change, walks, found } = await startLive();
  for (let count = 0; count < 58; count += 1) await change(worn, { name: `Renamed ${count}` });
  await live.stop();
  expect(walks()).toBeGreaterThan(1);
  const index = live.current();
  expect([index.size, index.waste <= 50]).toEqual([50, true]);
  expect(found('renamed')).toEqual([worn.id]);
});

it('takes nothing back when it has been built afresh: changes meanwhile are in the new index, too', async () => {
  const { live, change, changeElsewhere, found, beginRebuild } = await startLive();
  const old = live.current();
  const letGo = await beginRebuild();
  await change(ours, { name: 'Quorblat' });
  await change(hidden, { published: false });
  changeElsewhere(theirs, { name: 'Zwibbel' });
  await expect.poll(() => found('zwibbel')).toEqual([theirs.id]);
  expect(live.current()).toBe(old);
  letGo();
  await expect.poll(() => live.current()).not.toBe(old);
  expect([found('quorblat'), found('zwibbel'), live.current().size]).toEqual([[ours.id], [theirs.id], 49]);
  // And it goes on from there.
  changeElsewhere(theirs, { name: 'Brumsel' });
  await expect.poll(() => [found('brumsel'), found('zwibbel')]).toEqual([[theirs.id], []]);
  await live.stop();
});

it('does not show again, once it is built afresh, what a slow read still saw', async () => {
  const { live, change, beginRebuild, delayReads } = await startLive();
  const old = live.current();
  let arrive = (): void => {};
  delayReads(() => new Promise((resolve) => (arrive = resolve)));
  const slow = live.refresh([hidden.id]);
  delayReads(async () => {});
  await change(hidden, { published: false });
  const letGo = await beginRebuild();
  arrive();
  await slow;
  letGo();
  await expect.poll(() => live.current()).not.toBe(old);
  expect(live.current().size).toBe(49);
  await live.stop();
});

it('goes on as it is when it cannot be built afresh, and tries again with the next change', async () => {
  const { live, change, wearOut, found, endWalksWith } = await startLive();
  const old = live.current();
  let failures = 0;
  endWalksWith(async () => {
    failures += 1;
    throw new Error('The database is away.');
  });
  await wearOut();
  await expect.poll(() => failures).toBe(1);
  expect([live.current() === old, found('renamed')]).toEqual([true, [worn.id]]);
  endWalksWith(async () => {});
  await expect
    .poll(async () => {
      await change(worn, { name: 'Mended' });
      return live.current();
    })
    .not.toBe(old);
  expect(found('mended')).toEqual([worn.id]);
  await live.stop();
});
