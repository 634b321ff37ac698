import { catalogue, brands } from './dist/catalogue/index.js';
import { customers, orderHistory } from './dist/index.js';
const N = Number(process.argv[2] ?? 30);
let t = performance.now();
let v = 0;
const ps = [];
const per = {};
for (const p of catalogue({ products: N })) {
  v += p.variants.length;
  (per[p.categorySlug] ??= []).push(p.variants.length);
  if (ps.length < 25) ps.push(p);
}
console.log(N, (performance.now() - t).toFixed(0) + 'ms', v / N, process.memoryUsage().rss / 1e6);
for (const p of ps)
  console.log(
    p.name,
    '|',
    p.variants[0].priceMinor / 100,
    p.variants.at(-1).priceMinor / 100,
    '|',
    p.variants[0].options.map((o) => o.value).join('/'),
    '|',
    p.variants[0].sku,
    p.id,
    p.rating,
    p.popularity,
    '\n   ',
    p.description,
  );
if (N > 1000)
  console.log(
    Object.entries(per)
      .map(([k, a]) => k + ':' + (a.reduce((x, y) => x + y) / a.length).toFixed(1))
      .join(' '),
  );
console.log(brands.map((b) => b.name).join(' '));
console.log([...customers({ count: 6 })].map((c) => JSON.stringify(c)).join('\n'));
t = performance.now();
const os = [...orderHistory({ products: 500, orders: 800, now: new Date('2026-11-22T10:00:00Z') })];
console.log('orders', performance.now() - t);
console.log(JSON.stringify(os[3]), JSON.stringify(os.at(-1)));
const st = {};
os.forEach((o) => (st[o.status] = (st[o.status] ?? 0) + 1));
console.log(st);
