import { figure, table } from './table.mjs';

/** What a request may cost more in several processes than in one. */
const AT_MOST = 1.1;

/** One process against several behind one port, for one operation. */
export function cpusSection({ operation, heap, rows, rounds, seconds, connections, date, loadBefore }) {
  const [{ samples: alone }] = rows;
  const base = figure({ samples: alone }, 'cpu');
  return [
    `### ${operation}${heap ? `, \`NODE_OPTIONS=${heap}\`` : ''}`,
    table(
      ['processes', 'CPU ms/request', 'x one', 'requests/s', 'memory MB', `wanted: at most ${AT_MOST}x`],
      rows.map((row) => {
        const ratio = figure(row, 'cpu') / base;
        const verdict = row.cpus === 1 ? '' : ratio <= AT_MOST ? 'met' : '**not met**';
        return [
          row.cpus,
          figure(row, 'cpu').toFixed(3),
          ratio.toFixed(2),
          figure(row, 'rps').toFixed(0),
          figure(row, 'memory'),
          verdict,
        ];
      }),
    ),
    `${rounds} rounds of ${seconds} s at ${connections} connections, in turns, ${date}; load average before: ${loadBefore}. Load and subgraphs share the processors with the gateway: requests/s says little.`,
  ];
}
