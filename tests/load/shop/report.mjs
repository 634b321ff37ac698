import { figure, table } from '../../../gateway/bench/report/table.mjs';
import { REFERENCE, bars, scaleOf } from './reference.mjs';

const INTRODUCTION = `# What the shop costs

Written by \`npm run bench:shop\`; do not edit. How it measures: [tests/load/shop/README.md](../tests/load/shop/README.md).

- **CPU ms** is user and system time of **all processes of the shop**, databases included, for one request: the figure that counts,
  since it hardly depends on what else the machine does. Medians over the rounds.
- Requests are spread over the whole catalogue. The gateway's caches are **off** unless a row says otherwise; the shop ships with them on.
- **to PLACED** is measured until the last answer. By then most orders have gone further, and the next steps of the first orders are in
  it; **to COMPLETE** is everything, until the last order is delivered by a carrier that needs no time.`;

/**
 * Makes docs/benchmarks-shop.md.
 *
 * @param results as results.mjs keeps them; either part may be missing
 */
export function renderReport({ pages, live, vendure }) {
  const { rows = [], bare } = pages ?? {};
  const bareCpu = bare && figure({ samples: bare }, 'cpu');
  const scale = bareCpu && (vendure ? bareCpu / figure({ samples: vendure.bare }, 'cpu') : scaleOf(bareCpu));
  const sizes = [...new Set(rows.map(({ products }) => products))];
  const cpuOf = (page, products) => {
    const row = rows.find((one) => one.name === page && one.products === products && !one.cached);
    return row && figure(row, 'cpu');
  };
  const theirs = scale ? scaled(vendure?.figures ?? REFERENCE_FIGURES, scale) : {};
  const sections = [
    INTRODUCTION,
    '## Bars',
    barsTable(bars({ cpuOf, sizes, vendure: theirs, live })),
    ...(pages ? [whereVendureIsFrom(vendure, scale)] : []),
    ...(vendure ? [vendureTable(vendure)] : []),
    ...sizes.map((products) => sizeSection(rows, products)),
    growthSection(rows, sizes),
    ...(pages ? ['## Calibration', table(HEADS, [rowOf('a bare Node.js server', { samples: bare })])] : []),
    ...(pages ? [circumstancesOf(pages)] : []),
    ...(live ? [liveSection(live)] : []),
  ];
  return `${sections.filter(Boolean).join('\n\n')}\n`;
}

const whereVendureIsFrom = (vendure, scale) =>
  vendure
    ? `Vendure ${vendure.version} was measured on this machine with the same load (${vendure.before.date}, load average ${vendure.before.load} before). Its figures are multiplied by ${scale.toFixed(2)}, which is what a bare Node.js server costs in our run by what it cost in Vendure's.`
    : `Vendure ${REFERENCE.version} was measured on another machine, where a bare Node.js server answers ${REFERENCE.bareRps} requests/s; its figures are multiplied by ${scale.toFixed(2)}, which is what a bare server costs here by what it costs there.`;

const REFERENCE_FIGURES = { postgres: REFERENCE.postgres, sqlite: REFERENCE.sqlite };

const scaled = (figures, scale) =>
  Object.fromEntries(
    Object.entries(figures).map(([database, ofPages]) => [
      database,
      Object.fromEntries(Object.entries(ofPages).map(([page, ms]) => [page, ms * scale])),
    ]),
  );

const barsTable = (entries) =>
  table(
    ['bar', 'wanted', 'measured', ''],
    entries.map(({ what, wanted, measured, isMet }) => [
      what,
      wanted,
      measured,
      isMet ? 'met' : '**not met**',
    ]),
  );

const HEADS = ['', 'CPU ms', 'of it PostgreSQL', 'requests/s', 'p50 ms', 'p99 ms'];

function rowOf(title, row) {
  const [sample] = row.samples;
  const tell = (name, digits) => (sample[name] === undefined ? '' : figure(row, name).toFixed(digits));
  return [
    title,
    figure(row, 'cpu').toFixed(3),
    tell('databases', 3),
    tell('rps', 0),
    tell('p50', 1),
    tell('p99', 1),
  ];
}

const titleOf = ({ title, cached }) => (cached ? `${title}, caches on` : title);

const sizeSection = (rows, products) =>
  `## ${products} products\n\n${table(
    HEADS,
    rows.filter((row) => row.products === products).map((row) => rowOf(titleOf(row), row)),
  )}`;

/** What each page costs as the catalogue grows. */
function growthSection(rows, sizes) {
  if (sizes.length < 2) return '';
  const titles = [...new Set(rows.map(titleOf))];
  const cells = titles.map((title) => [
    title,
    ...sizes.map((products) => {
      const row = rows.find((one) => titleOf(one) === title && one.products === products);
      return row ? figure(row, 'cpu').toFixed(3) : '';
    }),
  ]);
  return `## Growth: CPU ms\n\n${table(['', ...sizes.map((products) => `${products} products`)], cells)}`;
}

const vendureTable = ({ version, figures, pages }) =>
  `### Vendure ${version}, CPU ms\n\n${table(
    ['', ...Object.keys(figures)],
    pages.map((page) => [page, ...Object.values(figures).map((of) => of[page]?.toFixed(2) ?? '')]),
  )}`;

const liveSection = ({
  pages,
  ratePerSecond,
  pushes,
  p50,
  p99,
  longest,
  before,
  after,
}) => `## Live order pages

${pages} order pages are open, each with its own WebSocket and order, and ${ratePerSecond} orders a second are called off. From the instant that the
order's new state bears (before its commit) to the whole message in the browser's place: **p50 ${p50} ms, p99 ${p99} ms**, the longest
${longest} ms, of ${pushes} pushes. Each push carries what the shop's order page asks for, by its own operation: names and pictures from products, the payment from payments, parcels from shipping.

${whereAndWhen(before)} Load average ${before.load} before, ${after.load} after.${busy(before)}`;

const circumstancesOf = ({ before, after, effort, orders }) =>
  `${whereAndWhen(before)} ${effort.rounds} rounds of ${effort.count} requests at ${effort.connections} connections, ${orders} orders a round; load average ` +
  `${before.load} before, ${after.load} after.${busy(before)}`;

const whereAndWhen = ({ machine, date, isPinned }) =>
  `Machine: ${machine}, ${date}. ${isPinned ? 'The shop has one core, the load another.' : 'Cores are shared.'}`;

/** Fewer requests a second share what the shop does by itself, and processors' caches are cold. */
const busy = ({ load }) =>
  load > 2 ? ' **A busy machine: CPU time is more than a quiet one needs, and latencies say nothing.**' : '';
