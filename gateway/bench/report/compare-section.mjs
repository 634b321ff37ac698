import { figure, table } from './table.mjs';

const GROUPS = {
  http: 'Nothing shared between client requests',
  sharing: 'Equal client requests in flight share one answer',
  features: 'What features cost',
  'in process': 'Subgraphs in the same process',
};
const HEADS = [
  'gateway',
  'CPU ms/request',
  'x Souk',
  'requests/s',
  'p50 ms',
  'p99 ms',
  'memory MB',
  'fetches alone / under load',
  'its core busy',
];

/** The tables of one operation. */
export function compareSection({ operation, bytes, rows, rounds, seconds, connections, loadBefore, date }) {
  const samples = rows.flatMap((row) => row.samples);
  const elsewhere = Math.max(...samples.map((sample) => sample.elsewhere));
  const tables = Object.entries(GROUPS).flatMap(([group, title]) => {
    const members = rows.filter((row) => row.group === group);
    return members.length === 0 ? [] : [`${title}:`, groupTable(members)];
  });
  return [
    `### ${operation}: ${bytes} bytes`,
    ...tables,
    `${rounds} rounds of ${seconds} s at ${connections} connections, ${date}; load average before: ${loadBefore}; other programs took up to ${percent(elsewhere)} of the machine${elsewhere > 0.1 ? ': **a busy machine, take the numbers with care**' : ''}.`,
  ].join('\n\n');
}

function groupTable(members) {
  const souk = members.find(({ id }) => id.startsWith('souk'));
  return table(
    HEADS,
    members.map((row) => {
      if (row.missing && row.samples.length === 0)
        return [row.name, `not measured: ${row.missing}`, ...HEADS.slice(2).map(() => '')];
      const waves = row.waves ? ` (waves of ${row.waves.join(', ')})` : '';
      const failed = row.missing ? ` (one round failed: ${row.missing})` : '';
      return [
        row.name + waves + failed,
        figure(row, 'cpu').toFixed(3),
        souk?.samples.length ? (figure(row, 'cpu') / figure(souk, 'cpu')).toFixed(2) : '',
        figure(row, 'rps').toFixed(0),
        figure(row, 'p50').toFixed(1),
        figure(row, 'p99').toFixed(1),
        figure(row, 'memory'),
        `${figure(row, 'fetchesAlone')} / ${figure(row, 'fetchesUnderLoad').toFixed(2)}`,
        percent(figure(row, 'gatewayShare')),
      ];
    }),
  );
}

const percent = (share) => `${(share * 100).toFixed(0)} %`;
