import { figure, median, table } from './table.mjs';

/** What a request may cost more behind one port for several processes. */
const AT_MOST = 1.1;

/** One process, two for themselves, and two behind one port, for one operation. */
export function cpusSection({ operation, heap, places, rounds, seconds, connections, date, loadBefore }) {
  const cells = places.flatMap(({ name, rows }) =>
    rows.map((row) => [
      name,
      row.name,
      figure(row, 'cpu').toFixed(3),
      times(row, rows[0]),
      figure(row, 'rps').toFixed(0),
      figure(row, 'memory'),
    ]),
  );
  const [, apart, together] = places[0].rows.map((row) => times(row, places[0].rows[0]));
  return [
    `### ${operation}${heap ? `, \`NODE_OPTIONS=${heap}\`` : ''}`,
    table(['processes may use', 'processes', 'CPU ms/request', 'x one', 'requests/s', 'memory MB'], cells),
    `Wanted: at most ${AT_MOST}x one process. Where processes may use any core, as in use: ${together}x, ${together <= AT_MOST ? 'met' : '**not met**'} (two that know nothing of each other: ${apart}x). On one core two processes share its caches, too.`,
    `${rounds} rounds of ${seconds} s at ${connections} connections, in turns, ${date}; load average before: ${loadBefore}. Ratios are taken within a round; the median of them stands here.`,
  ];
}

/** How many times what the other one costs a request does, in the same round. */
const times = (row, other) =>
  median(row.samples.map(({ cpu }, round) => cpu / other.samples[round].cpu)).toFixed(2);
