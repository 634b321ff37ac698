import { load } from './load.mjs';
import { operations } from './operations.mjs';
import { cpuMs, residentMb } from './process-tree.mjs';
import { circumstances } from './report/circumstances.mjs';
import { ask, withGateway } from './with-gateway.mjs';

const COUNTS = [1, 2];
const WARM_REQUESTS = 10_000;
/** All processors: with two of them, load and subgraphs share with the gateway. CPU time a request hardly minds. */
const EVERYWHERE = undefined;

/**
 * Measures what a request costs in one process and in several behind one port (`--cpus N`), in turns.
 *
 * @returns for each operation the samples of each number of processes; CPU time is that of all of them together
 */
export async function measureCpus({ supergraph, souk, options }) {
  const { rounds, seconds, connections, heap } = options;
  const results = [];
  for (const operation of options.operations) {
    const around = circumstances();
    const rows = COUNTS.map((cpus) => ({ cpus, samples: [] }));
    for (let round = 1; round <= rounds; round += 1) {
      for (const { cpus, samples } of rows) {
        const gateway = {
          arguments: [souk.main, '--cpus', String(cpus)],
          environment: {
            NODE_ENV: 'production',
            SUPERGRAPH_SDL: supergraph,
            LOG_LEVEL: 'silent',
            NODE_OPTIONS: heap,
          },
        };
        const sample = await withGateway(
          gateway,
          (started) => measure(started, { query: operations[operation], cpus, connections, seconds }),
          { core: EVERYWHERE },
        );
        samples.push(sample);
        console.log(
          `${operation} ${round}/${rounds} --cpus ${cpus}: ${sample.cpu.toFixed(3)} ms CPU, ${sample.rps.toFixed(0)}/s`,
        );
      }
    }
    results.push({ operation, heap, ...around, rounds, seconds, connections, rows });
  }
  return results;
}

async function measure({ port, pid }, { query, cpus, connections, seconds }) {
  const { errors } = await ask(port, query);
  if (errors) throw new Error(JSON.stringify(errors));
  const body = JSON.stringify({ query });
  const next = () => body;
  // Each process has to be warm.
  await load(port, { next, connections, requests: WARM_REQUESTS * cpus });
  const before = cpuMs(pid);
  const { requests, rps } = await load(port, { next, connections, seconds });
  return { cpu: (cpuMs(pid) - before) / requests, rps, memory: residentMb(pid) };
}
