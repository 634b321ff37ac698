import { figure, table } from './table.mjs';

/** What Souk sets itself: ratios of median CPU time a request. */
const BARS = [
  { what: 'deep, against @apollo/gateway', operation: 'deep', of: ['apollo'], to: 'souk', atLeast: 12 },
  {
    what: 'deep, against Hive Gateway with its Rust planner',
    operation: 'deep',
    of: ['hive-rust'],
    to: 'souk',
    atLeast: 4,
  },
  {
    what: "deep, against the floor of @apollo/gateway's fetches",
    operation: 'deep',
    of: ['souk'],
    to: 'floor-apollo',
    atMost: 1.3,
  },
  { what: 'small, against @apollo/gateway', operation: 'small', of: ['apollo'], to: 'souk', atLeast: 10 },
  {
    what: 'small, against Hive Gateway with its Rust planner',
    operation: 'small',
    of: ['hive-rust'],
    to: 'souk',
    atLeast: 4,
  },
  {
    what: "deep, both sharing in flight, against Hive Gateway's best",
    operation: 'deep',
    of: ['hive-js-sharing', 'hive-rust-sharing'],
    to: 'souk-sharing',
    atLeast: 8,
  },
  {
    what: 'deep, in process, against LocalGraphQLDataSource',
    operation: 'deep',
    of: ['apollo-in-process'],
    to: 'souk-in-process',
    atLeast: 15,
  },
];

/** The bars with what was measured, for one set of flags. */
export function barsTable(entries) {
  const cpu = (operation, ids) => {
    const rows = entries.find((entry) => entry.operation === operation)?.rows ?? [];
    const found = rows.filter(({ id, samples }) => ids.includes(id) && samples.length > 0);
    return found.length === 0 ? undefined : Math.min(...found.map((row) => figure(row, 'cpu')));
  };
  return table(
    ['bar', 'wanted', 'measured', ''],
    BARS.map(({ what, operation, of, to, atLeast, atMost }) => {
      const wanted = atLeast ? `at least ${atLeast}x` : `at most ${atMost}x`;
      const [above, below] = [cpu(operation, of), cpu(operation, [to])];
      if (above === undefined || below === undefined) return [what, wanted, '', 'not measured'];
      const ratio = above / below;
      const met = atLeast ? ratio >= atLeast : ratio <= atMost;
      return [what, wanted, `${ratio.toFixed(2)}x`, met ? 'met' : '**not met**'];
    }),
  );
}
