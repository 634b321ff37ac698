import { setTimeout as sleep } from 'node:timers/promises';
import { ask, withGateway } from '../with-gateway.mjs';

/** How long after an event nobody may see what was before, in milliseconds. */
export const BOUND_MS = 100;

/** As clients ask: pages and single products, kept as a whole or only in parts. */
const questions = (id, page) => [
  `{ page(number: ${page}) { id edition available } }`,
  `{ product(id: "${id}") { id edition available } }`,
  `{ product(id: "${id}") { id name edition } }`,
];

/**
 * Changes values while readers ask two replicas, and looks at each value that was read: a request that was sent some
 * time after a change must not see what was before it.
 *
 * @param isTold false for the control: nobody tells of the changes, so caches must be caught
 */
export async function measureStaleness({ gateway, shop, seconds, readers, writeEveryMs, isTold = true }) {
  return withGateway(gateway({}), (one) =>
    withGateway(gateway({}), async (other) => {
      const seen = { reads: 0, values: 0, stale: 0, worstMs: 0, violations: 0, delays: [] };
      let isOver = false;
      const read = async (port) => {
        while (!isOver) {
          const id = pick(shop.ids);
          const query = pick(questions(id, Math.floor(Math.random() * 10)));
          const sentAt = performance.now();
          const { data, errors } = await ask(port, query);
          if (errors) throw new Error(JSON.stringify(errors));
          seen.reads += 1;
          for (const item of data.page ?? [data.product]) {
            note(seen, shop.values.products.get(item.id), item.edition, sentAt);
            if (item.available !== undefined)
              note(seen, shop.values.inventory.get(item.id), item.available, sentAt);
          }
        }
      };
      const reading = Array.from({ length: readers }, (_, index) => read(index % 2 ? one.port : other.port));
      const end = performance.now() + seconds * 1_000;
      let writes = 0;
      while (performance.now() < end) {
        shop.change(writes % 2 ? 'products' : 'inventory', pick(shop.ids), isTold);
        writes += 1;
        await sleep(writeEveryMs);
      }
      isOver = true;
      await Promise.all(reading);
      const { delays, ...counts } = seen;
      delays.sort((left, right) => left - right);
      const numbers = await Promise.all([one, other].map(({ port }) => cacheNumbers(port)));
      return {
        seconds,
        readers,
        writes,
        ...counts,
        p99Ms: delays[Math.floor(delays.length * 0.99)] ?? 0,
        hits: numbers.reduce((all, { hits }) => all + hits, 0),
        misses: numbers.reduce((all, { misses }) => all + misses, 0),
      };
    }),
  );
}

/** What was read, against what could have been read when it was asked for. */
function note(seen, { publishedAt }, value, sentAt) {
  seen.values += 1;
  // When the value that was read stopped being true.
  const outdatedAt = publishedAt[value + 1] ?? Infinity;
  const staleMs = sentAt - outdatedAt;
  if (staleMs <= 0) return;
  seen.stale += 1;
  seen.delays.push(staleMs);
  seen.worstMs = Math.max(seen.worstMs, staleMs);
  if (staleMs > BOUND_MS) seen.violations += 1;
}

const pick = (items) => items[Math.floor(Math.random() * items.length)];

async function cacheNumbers(port) {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const sum = (result) =>
    [
      ...text.matchAll(
        new RegExp(`cache_lookups_total\\{cache="(?:response|entity)",result="${result}"\\} (\\d+)`, 'g'),
      ),
    ]
      .map(([, count]) => Number(count))
      .reduce((all, count) => all + count, 0);
  return { hits: sum('hit'), misses: sum('miss') };
}
