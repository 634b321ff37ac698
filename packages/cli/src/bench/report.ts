import os from 'node:os';
import type { Memory } from './memory.js';
import type { ShopRun } from './shop-run.js';

/** What was measured; times in milliseconds. */
export interface Measurements {
  readonly products: number;
  readonly firstStarts: readonly ShopRun[];
  readonly laterStarts: readonly ShopRun[];
  readonly closings: readonly number[];
  readonly memories: readonly Memory[];
}

/** The text of docs/benchmarks-start.md. */
export function renderReport(measured: Measurements): string {
  const { products, firstStarts, laterStarts, closings, memories } = measured;
  const [load = 0] = os.loadavg();
  return `# How fast the shop starts, and how much memory it takes

Written by \`npm run bench:start\`, after install and build, with ${products} products.

| | median | from | to | target |
| --- | --- | --- | --- | --- |
| first start, empty data folder | ${row(firstStarts.map(toOpen), seconds)} | < 10 s |
| later starts | ${row(laterStarts.map(toOpen), seconds)} | < 3 s |
| processor time of a first start | ${row(firstStarts.map(toProcessor), seconds)} | |
| processor time of a later start | ${row(laterStarts.map(toProcessor), seconds)} | |
| closing | ${row(closings, seconds)} | |
| memory of the launcher (resident) | ${row(
    memories.map(({ launcher }) => launcher),
    megabytes,
  )} | < 400 MB |
| memory with PostgreSQL | ${row(
    memories.map(({ everything }) => everything),
    megabytes,
  )} | |

A start is measured from the launch of the process until \`/ready\` answered 200; processor time is that of all cores
without the database servers. Memory is taken five seconds later; pages that PostgreSQL's processes share count once.
Node ${process.version}, ${os.cpus().length} cores (${os.cpus()[0]?.model ?? 'unknown'}), load average ${load.toFixed(1)} at the end. A machine that does other
things, too, makes times longer, and processor times a little.
`;
}

const toOpen = ({ openAfterMs }: ShopRun): number => openAfterMs;
const toProcessor = ({ processorMs }: ShopRun): number => processorMs;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const megabytes = (value: number): string => `${Math.round(value)} MB`;

function row(values: readonly number[], format: (value: number) => string): string {
  const sorted = [...values].sort((left, right) => left - right);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return [median, sorted[0] ?? Number.NaN, sorted.at(-1) ?? Number.NaN].map(format).join(' | ');
}
