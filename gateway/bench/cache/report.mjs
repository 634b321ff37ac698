import { figure, table } from '../report/table.mjs';
import { BOUND_MS } from './staleness.mjs';

const HIT_INTRODUCTION = `# What caches cost, and how stale they are

Written by \`npm run bench:cache\`; do not edit. The subgraphs are the kit's, over HTTP, in the process that makes the load;
gateways have a core of their own where there are two.

## What a hit costs

**CPU ms/request** is user and system time of the gateway's process divided by the requests it answered: it hardly depends
on what else the machine does; requests/s, p50 and p99 do. The subgraphs of this benchmark run on the other core together
with the load, so without caches requests/s are theirs, not the gateway's.`;

const STALENESS_INTRODUCTION = `## How stale what is read can be

A writer changes counters in two subgraphs and publishes an event for each change, while readers ask two gateways, each of
which follows the events over HTTP by itself. Which number somebody reads tells what they cannot have seen. A read is
**stale** if its request was sent after a newer value had been published; its staleness is how long after. Sent more than
${BOUND_MS} ms after is a **violation**. The control changes values without telling: the caches must be caught then, or this would measure
nothing.`;

/** The report as Markdown. */
export function cacheReport({ hitCost, staleness, control, around }) {
  const { query, bytes, rounds, seconds, connections, rows } = hitCost;
  const [, base] = rows;
  const costs = table(
    ['', 'CPU ms/request', 'against none', 'requests/s', 'p50 ms', 'p99 ms'],
    rows.map((row) => [
      row.name,
      figure(row, 'cpu').toFixed(3),
      `${(figure(base, 'cpu') / figure(row, 'cpu')).toFixed(1)}x`,
      figure(row, 'rps').toFixed(0),
      figure(row, 'p50').toFixed(1),
      figure(row, 'p99').toFixed(1),
    ]),
  );
  const compared = table(
    ['', 'with events', 'control: no events'],
    [
      ['seconds', ({ seconds: length }) => length],
      ['changes', ({ writes }) => writes],
      ['requests', ({ reads }) => reads],
      ['values read', ({ values }) => values],
      ['lookups answered from a cache', ({ hits, misses }) => `${percent(hits, hits + misses)} %`],
      ['stale reads', ({ stale, values }) => `${stale} (${percent(stale, values)} %)`],
      ['99 % of these at most', ({ p99Ms }) => `${p99Ms.toFixed(1)} ms`],
      ['worst staleness', ({ worstMs }) => `${worstMs.toFixed(1)} ms`],
      [`violations (more than ${BOUND_MS} ms)`, ({ violations }) => `**${violations}**`],
    ].map(([name, of]) => [name, of(staleness), of(control)]),
  );
  return [
    HIT_INTRODUCTION,
    `Answer of ${bytes} bytes, two fetches without caches: \`${query}\``,
    costs,
    `Median of ${rounds} rounds of ${seconds} s with ${connections} connections.`,
    STALENESS_INTRODUCTION,
    compared,
    `${staleness.readers} readers. ${around.date}. Machine: ${around.machine}. Load average before: ${around.loadBefore}.`,
  ].join('\n\n');
}

const percent = (part, whole) => ((100 * part) / Math.max(1, whole)).toFixed(1);
