import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Memory, measureMemory } from './memory.js';
import { renderReport } from './report.js';
import { type ShopRun, runShop } from './shop-run.js';

const PRODUCTS = 500;
const ROUNDS = 3;
const LATER_STARTS = 3;
/** Start-up garbage is collected by then, and the consumers have gone through the seeded events. */
const SETTLE_MS = 5_000;

const firstStarts: ShopRun[] = [];
const laterStarts: ShopRun[] = [];
const closings: number[] = [];
const memories: Memory[] = [];

for (let round = 1; round <= ROUNDS; round += 1) {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'souk-bench-'));
  for (let start = 0; start <= LATER_STARTS; start += 1) {
    const shop = await runShop({ dataDir, products: PRODUCTS });
    (start === 0 ? firstStarts : laterStarts).push(shop);
    if (start === 0 || start === LATER_STARTS) {
      await delay(SETTLE_MS);
      memories.push(await measureMemory(shop.pid, dataDir));
    }
    closings.push(await shop.close());
    console.log(`round ${round}, start ${start + 1}: open after ${(shop.openAfterMs / 1000).toFixed(2)} s`);
  }
  await rm(dataDir, { recursive: true });
}
const report = renderReport({ products: PRODUCTS, firstStarts, laterStarts, closings, memories });
const file = fileURLToPath(new URL('../../../../docs/benchmarks-start.md', import.meta.url));
await writeFile(file, report);
console.log(report);
