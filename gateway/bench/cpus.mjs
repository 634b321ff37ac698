import { load } from './load.mjs';
import { operations } from './operations.mjs';
import { cpuMs, residentMb } from './process-tree.mjs';
import { circumstances } from './report/circumstances.mjs';
import { ask, withGateway } from './with-gateway.mjs';

/**
 * What is compared: two processes that know nothing of each other show what it costs this machine that two share a
 * core's caches, and the rest is what one port for both costs.
 */
const SETTINGS = [
  { name: 'one', gateways: 1, cpus: 1 },
  { name: 'two, each with a port of its own', gateways: 2, cpus: 1 },
  { name: 'two behind one port (`--cpus 2`)', gateways: 1, cpus: 2 },
];
/** By then V8 has compiled what it is going to compile. */
const WARM_SECONDS = 12;
/** A connection stays with its process, and the second one serves later than the first: each load connects anew. */
const WARM_LOADS = 6;

/**
 * Measures what a request costs in one process and in two, on the same core and in turns: a second core would be the
 * load's on a small machine, and CPU time depends on whom a core is shared with.
 *
 * @returns for each operation the samples of each setting; CPU time is that of all its processes together
 */
export async function measureCpus({ supergraph, souk, options }) {
  const { rounds, seconds, connections, heap } = options;
  const results = [];
  for (const operation of options.operations) {
    const around = circumstances();
    const rows = SETTINGS.map(({ name }) => ({ name, samples: [] }));
    for (let round = 1; round <= rounds; round += 1) {
      for (const [index, { name, gateways, cpus }] of SETTINGS.entries()) {
        const gateway = {
          arguments: [souk.main, '--cpus', String(cpus)],
          environment: {
            NODE_ENV: 'production',
            SUPERGRAPH_SDL: supergraph,
            LOG_LEVEL: 'silent',
            NODE_OPTIONS: heap,
          },
        };
        const sample = await withGateways(gateway, gateways, (started) =>
          measure(started, { query: operations[operation], connections, seconds }),
        );
        rows[index].samples.push(sample);
        console.log(
          `${operation} ${round}/${rounds} ${name}: ${sample.cpu.toFixed(3)} ms CPU, ${sample.rps.toFixed(0)}/s`,
        );
      }
    }
    results.push({ operation, heap, ...around, rounds, seconds, connections, rows });
  }
  return results;
}

/** The same gateway several times, at once. */
const withGateways = (gateway, count, use, started = []) =>
  started.length === count
    ? use(started)
    : withGateway(gateway, (one) => withGateways(gateway, count, use, [...started, one]));

/** All connections together, whatever the number of gateways. */
async function measure(gateways, { query, connections, seconds }) {
  const body = JSON.stringify({ query });
  const everywhere = (most) =>
    Promise.all(
      gateways.map(({ port }) =>
        load(port, { next: () => body, connections: connections / gateways.length, seconds: most }),
      ),
    );
  const sum = (values) => values.reduce((total, value) => total + value, 0);
  const cpu = () => sum(gateways.map(({ pid }) => cpuMs(pid)));
  for (const { port } of gateways) {
    const { errors } = await ask(port, query);
    if (errors) throw new Error(JSON.stringify(errors));
  }
  for (let load = 0; load < WARM_LOADS; load += 1) await everywhere(WARM_SECONDS / WARM_LOADS);
  const before = cpu();
  const loads = await everywhere(seconds);
  return {
    cpu: (cpu() - before) / sum(loads.map(({ requests }) => requests)),
    rps: sum(loads.map(({ rps }) => rps)),
    memory: sum(gateways.map(({ pid }) => residentMb(pid))),
  };
}
