import { barsTable } from './bars.mjs';
import { compareSection } from './compare-section.mjs';
import { cpusSection } from './cpus-section.mjs';
import { memorySection } from './memory-section.mjs';
import { readResults, writeReport } from './store.mjs';

const INTRODUCTION = `# Benchmarks

Written by \`npm run bench:gateway\` from \`gateway/bench/results/\`; do not edit. How it measures and how to run it:
[gateway/bench/README.md](../gateway/bench/README.md).

## How to read it

- **CPU ms/request** is the number that counts: user and system time of the gateway's whole process tree, divided by the
  requests it answered. It hardly depends on what else the machine does; requests/s, p50 and p99 do.
- The answer of each gateway is compared with @apollo/server's before it is measured: same data, same order.
- **x Souk** is a gateway's CPU time divided by Souk's in the same table.
- A **floor** is no gateway: it sends the requests that a gateway sends to subgraphs for this operation (undici), in the
  same waves, parses each answer, and sends a body that was made beforehand.
- **fetches** are requests to subgraphs for one client request: asked alone, and under load. Under load Hive Gateway shares
  equal requests to subgraphs between client requests (its default), which in a benchmark of equal requests is nearly all.
  Souk shares nothing between client requests unless the table says so.
- **its core busy**: below about 95 % the gateway did not get its core for itself, or was waiting; its requests/s are then
  no measure of what it can do. CPU time still is.
- Souk has its defaults: time limits, retries, circuit breakers, limits on documents, costs, metrics; and header rules both ways. Traces are exported only in the row that says so.`;

/**
 * Makes docs/benchmarks.md of everything that was ever measured.
 *
 * @returns its text
 */
export async function renderReport() {
  const entries = readResults('compare');
  const flags = [...new Set(entries.map(({ heap }) => heap))].sort();
  const sections = flags.flatMap((heap) => {
    const members = entries.filter((entry) => entry.heap === heap);
    const [{ machine, versions, pinned }] = members;
    return [
      `## ${heap ? `With \`NODE_OPTIONS=${heap}\` for all` : 'With default heap flags'}`,
      barsTable(members),
      ...members.map(compareSection),
      `Machine: ${machine}. ${pinned ? 'The gateway has one core, subgraphs and load the other.' : 'Cores are shared.'} ${versions.join(', ')}.`,
    ];
  });
  const cpus = readResults('cpus').flatMap(cpusSection);
  const processes = cpus.length === 0 ? [] : ['## Several processes behind one port', ...cpus];
  const memory = readResults('memory').flatMap(memorySection);
  const report = [INTRODUCTION, ...sections, ...processes, ...memory].join('\n\n');
  await writeReport(report);
  return report;
}
