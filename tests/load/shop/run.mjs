#!/usr/bin/env node
// npm run bench:shop [-- options]: what the shop costs, page by page. See README.md in this folder.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { pinThisProcess } from '../../../gateway/bench/cores.mjs';
import { measureBuying } from './buying.mjs';
import { calibrate } from './calibrate.mjs';
import { readCatalogue } from './catalogue.mjs';
import { circumstances } from './circumstances.mjs';
import { measureLivePages } from './live-pages.mjs';
import { measurePage, pages } from './reads.mjs';
import { renderReport } from './report.mjs';
import { readResults, writeResults } from './results.mjs';
import { startShop } from './start-shop.mjs';
import { measureVendure } from './vendure/measure-vendure.mjs';

const BUYING = ['buying', 'live'];
const { values } = parseArgs({
  allowNegative: true,
  options: {
    products: { type: 'string', default: '500,10000,100000' },
    only: { type: 'string', default: [...Object.keys(pages), ...BUYING].join(',') },
    rounds: { type: 'string', default: '3' },
    requests: { type: 'string', default: '4000' },
    connections: { type: 'string', default: '16' },
    orders: { type: 'string', default: '300' },
    end: { type: 'string', default: 'COMPLETE' },
    'live-pages': { type: 'string', default: '1000' },
    'live-rate': { type: 'string', default: '10' },
    'with-vendure': { type: 'boolean', default: false },
    write: { type: 'boolean', default: true },
  },
});
const [rounds, count, connections, orders] = ['rounds', 'requests', 'connections', 'orders'].map((name) =>
  Number(values[name]),
);
const sizes = values.products.split(',').map(Number);
const chosen = values.only.split(',');
const wants = (name) => chosen.includes(name);
const effort = { rounds, count, warmCount: Math.max(1_000, count / 2), connections };

/** The carrier's clock runs so fast that an order is COMPLETE as soon as everybody has done their part. */
const FAST_CARRIER = { SOUK_CARRIER_SPEED: '1000' };
/** So slow that no parcel leaves: paid orders come to rest, and can be called off. */
const SLOW_CARRIER = { SOUK_CARRIER_SPEED: '0.01' };
const WITHOUT_CACHES = { GATEWAY__CACHING: 'false' };

const say = (what, { cpu, databases = 0, rps, p50, p99 }) => {
  const speed =
    rps === undefined ? '' : `, ${rps.toFixed(0)}/s, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
  console.log(`${what}: ${cpu.toFixed(3)} ms CPU, databases ${databases.toFixed(3)}${speed}`);
};

async function withShop(options, use) {
  const shop = await startShop(options);
  try {
    return await use(shop, await readCatalogue(shop));
  } finally {
    await shop.stop();
  }
}

async function measurePages(folder, { cached }) {
  const { products } = folder;
  const names = Object.keys(pages).filter((name) => wants(name) && (!cached || pages[name].shared));
  if (names.length === 0) return [];
  const environment = cached ? {} : WITHOUT_CACHES;
  return withShop({ ...folder, environment }, async (shop, catalogue) => {
    const rows = [];
    for (const name of names) {
      const { title } = pages[name];
      const samples = await measurePage(shop, catalogue, pages[name], effort);
      for (const sample of samples)
        say(`${products} products, ${title}${cached ? ', caches on' : ''}`, sample);
      rows.push({ name, title, products, cached, samples });
    }
    return rows;
  });
}

async function measureOrders(folder) {
  const { products } = folder;
  const bought = await withShop({ ...folder, environment: FAST_CARRIER }, (shop, catalogue) =>
    measureBuying(shop, catalogue, { rounds, orders, connections, end: values.end }),
  );
  return [
    ['place', 'place order to PLACED', bought.placing],
    ['end', `order to ${values.end}`, bought.ending],
  ].map(([name, title, samples]) => {
    for (const sample of samples) say(`${products} products, ${title}`, sample);
    return { name, title, products, cached: false, samples };
  });
}

async function measureLive(shop, catalogue) {
  const effort = { pages: Number(values['live-pages']), ratePerSecond: Number(values['live-rate']) };
  const measured = await measureLivePages(shop, catalogue, effort);
  console.log(measured);
  return measured;
}

/** A data folder, filled by its first shop and used by the next ones. */
async function withFolder(products, use) {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'souk-bench-shop-'));
  try {
    await use({ dataDir, products });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Keeps what has been measured so far, and writes the report of everything that was ever measured. */
function report() {
  const around = { before, after: circumstances(), effort, orders };
  const measured = {
    ...(rows.length > 0 ? { pages: { ...around, bare, rows } } : {}),
    ...(vendure ? { vendure: { ...around, bare, ...vendure } } : {}),
    ...(live ? { live: { ...around, ...live } } : {}),
  };
  const text = renderReport({ ...readResults(), ...measured });
  if (values.write) {
    writeResults(measured);
    writeFileSync(path.join(import.meta.dirname, '../../../docs/benchmarks-shop.md'), text);
  }
  return text;
}

pinThisProcess();
const before = circumstances();
const bare = await calibrate(effort);
for (const sample of bare) say('a bare Node.js server', sample);
const rows = [];
let live;
let products;
let vendure;
for (const size of sizes) {
  await withFolder(size, async (folder) => {
    rows.push(...(await measurePages(folder, { cached: false })));
    rows.push(...(await measurePages(folder, { cached: true })));
    if (wants('buying')) rows.push(...(await measureOrders(folder)));
    if (size === sizes[0] && values['with-vendure'])
      products = await withShop(folder, async (_shop, catalogue) => catalogue.products);
    if (wants('live') && size === sizes[0])
      live = await withShop({ ...folder, environment: SLOW_CARRIER }, measureLive);
  });
  // What is measured is kept, whatever happens to the next.
  report();
}
if (values['with-vendure']) vendure = await measureVendure(products, effort);
console.log(report());
