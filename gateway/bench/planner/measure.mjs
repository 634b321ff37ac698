// One planner, one supergraph: told what to do by run.mjs, answers with numbers.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { median } from '../report/table.mjs';

const ROUNDS = 40;

const planners = {
  async apollo({ program, sdl }) {
    const { createOperationPlanner } = await import(pathToFileURL(program).href);
    // Neither supergraph needs anything prepared for the planner.
    const plan = createOperationPlanner({ sdl, uses: new Map() });
    return ({ query, name }) => plan({ document: query, name: nameIn(query) ?? name });
  },
  async rust({ program, sdl }) {
    const file = path.join(program, 'node_modules/@graphql-hive/router-query-planner/dist/index.js');
    const { QueryPlanner } = await import(pathToFileURL(file).href);
    const planner = new QueryPlanner(sdl);
    const none = new Set();
    return ({ query, name }) => planner.plan(query, nameIn(query) ?? name, none, 0);
  },
};
const nameIn = (query) => /(?:query|mutation|subscription)\s+(\w+)/.exec(query)?.[1];

/** CPU time in ms: the clock would count what else the machine does. */
function cpuOf(work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

process.once('message', async (work) => {
  const memoryBefore = process.memoryUsage().rss;
  const before = process.cpuUsage();
  const plan = await planners[work.kind](work);
  const { user, system } = process.cpuUsage(before);
  // What the gateway needs is an object in JavaScript, wherever it was made.
  const cold = work.operations.map((operation) => cpuOf(() => plan(operation)));
  const warm = work.operations.map(
    (operation) =>
      cpuOf(() => {
        for (let round = 0; round < ROUNDS; round += 1) plan(operation);
      }) / ROUNDS,
  );
  process.send({
    start: (user + system) / 1_000,
    first: cold[0],
    once: cold.reduce((sum, ms) => sum + ms, 0),
    median: median(warm),
    slowest: Math.max(...warm),
    memory: (process.memoryUsage().rss - memoryBefore) / 1e6,
  });
  process.disconnect();
});
