// npm run bench:planner: how long plans take, with @apollo/query-planner and with the one in Rust. See ../README.md.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { bundle } from '../../bundle.mjs';
import { installOutside } from '../hive/install.mjs';
import { table } from '../report/table.mjs';
import { operations } from '../operations.mjs';
import { supergraphAt } from '../upstream/schemas.mjs';

const RUST = { '@graphql-hive/router-query-planner': '0.0.38' };
const root = path.join(import.meta.dirname, '../../..');
const read = (file) => readFileSync(path.join(root, file), 'utf8');

const graphs = {
  benchmark: {
    sdl: supergraphAt(4001),
    operations: Object.entries(operations).map(([name, query]) => ({ name, query })),
  },
  shop: {
    sdl: read('schema/supergraph.graphql'),
    operations: JSON.parse(read('schema/operations.json')).operations.map(({ name, body }) => ({
      name,
      query: body,
    })),
  },
};
const { folder, missing } = await installOutside('rust-planner', RUST);
const planners = {
  '@apollo/query-planner': { kind: 'apollo', program: await bundle('src/planning/operation-planner.ts') },
  ...(folder ? { '@graphql-hive/router-query-planner': { kind: 'rust', program: folder } } : {}),
};
if (missing) console.log(`Without the planner in Rust: ${missing}.`);

const rows = [];
for (const [graph, asked] of Object.entries(graphs)) {
  for (const [name, planner] of Object.entries(planners)) {
    const row = await measure({ ...planner, ...asked });
    const figures = [row.start, row.first, row.once, row.median, row.slowest].map((ms) => ms.toFixed(2));
    rows.push([`${graph} (${asked.operations.length})`, name, ...figures, row.memory.toFixed(0)]);
  }
}
const heads = [
  'operations',
  'planner',
  'start',
  'first plan',
  'each once',
  'warm, median',
  'warm, slowest',
  'memory',
];
console.log(`CPU time in ms, memory in MB, Node ${process.version}\n\n${table(heads, rows)}`);

/** Each in a process of its own: the first plan is that of a gateway that has just started. */
async function measure(work) {
  const child = fork(path.join(import.meta.dirname, 'measure.mjs'));
  child.send(work);
  const [row] = await once(child, 'message');
  return row;
}
