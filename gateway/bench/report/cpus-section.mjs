import { figure, table } from './table.mjs';

/** What a request may cost more behind one port for several processes. */
const AT_MOST = 1.1;

/** One process, two for themselves, and two behind one port, for one operation. */
export function cpusSection({ operation, heap, rows, rounds, seconds, connections, date, loadBefore }) {
  const [one, apart, together] = rows.map((row) => figure(row, 'cpu'));
  const cells = rows.map((row) => [
    row.name,
    figure(row, 'cpu').toFixed(3),
    (figure(row, 'cpu') / one).toFixed(2),
    figure(row, 'rps').toFixed(0),
    figure(row, 'memory'),
  ]);
  const verdict = (ratio) => `${ratio.toFixed(2)}x, ${ratio <= AT_MOST ? 'met' : '**not met**'}`;
  return [
    `### ${operation}${heap ? `, \`NODE_OPTIONS=${heap}\`` : ''}`,
    table(['processes', 'CPU ms/request', 'x one', 'requests/s', 'memory MB'], cells),
    `Wanted: at most ${AT_MOST}x one process (${verdict(together / one)}). Two processes that share a core's caches cost ${(apart / one).toFixed(2)}x without one port; the port itself: ${verdict(together / apart)}.`,
    `${rounds} rounds of ${seconds} s at ${connections} connections, in turns, all on one core, ${date}; load average before: ${loadBefore}.`,
  ];
}
