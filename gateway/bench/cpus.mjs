import { cores, runOn } from './cores.mjs';
import { load } from './load.mjs';
import { operations } from './operations.mjs';
import { cpuMs, residentMb } from './process-tree.mjs';
import { circumstances } from './report/circumstances.mjs';
import { ask, withGateway } from './with-gateway.mjs';

/**
 * What is compared: two processes that know nothing of each other show what it costs this machine to run two of
 * them, and the rest is what one port for both costs.
 */
const SETTINGS = [
  { name: 'one', gateways: 1, cpus: 1 },
  { name: 'two, each with a port of its own', gateways: 2, cpus: 1 },
  { name: 'two behind one port (`--cpus 2`)', gateways: 1, cpus: 2 },
];
/**
 * Where: nobody is pinned, as in use, so that one process has the same neighbours as two have; or all gateways take
 * turns on one core, whose caches then serve two processes. Subgraphs and load have the other core there.
 */
const PLACES = [
  { name: 'any core', gateways: undefined, others: undefined },
  { name: 'one core', gateways: cores.gateway, others: cores.others },
];
/** By then V8 has compiled what it is going to compile. */
const WARM_SECONDS = 12;
/** A connection stays with its process, and the second one serves later than the first: each load connects anew. */
const WARM_LOADS = 6;
/** So often the settings take turns in a round. What else the machine does meets all of them. */
const TURNS = 4;

/**
 * Measures what a request costs in one process and in two. Within a round all settings run at once and are loaded one
 * after the other, again and again: what else the machine does meets all of them, and those that wait cost nothing.
 *
 * @returns for each operation and place the samples of each setting; CPU time is that of all its processes together
 */
export async function measureCpus({ upstream, supergraph, souk, options }) {
  const { rounds, seconds, connections, heap } = options;
  const environment = {
    NODE_ENV: 'production',
    SUPERGRAPH_SDL: supergraph,
    LOG_LEVEL: 'silent',
    NODE_OPTIONS: heap,
  };
  const needed = SETTINGS.flatMap(({ gateways, cpus }) =>
    Array.from({ length: gateways }, () => ({
      arguments: [souk.main, '--cpus', String(cpus)],
      environment,
    })),
  );
  const results = [];
  for (const operation of options.operations) {
    const around = circumstances();
    const places = PLACES.map(({ name }) => ({
      name,
      rows: SETTINGS.map((setting) => ({ name: setting.name, samples: [] })),
    }));
    for (let round = 1; round <= rounds; round += 1) {
      for (const [at, place] of PLACES.entries()) {
        for (const pid of [process.pid, upstream.pid]) runOn(place.others, pid);
        const samples = await withGateways(needed, place.gateways, (started) => {
          const settings = SETTINGS.map(({ gateways }) => started.splice(0, gateways));
          return measureInTurns(settings, { query: operations[operation], connections, seconds });
        });
        for (const [index, sample] of samples.entries()) {
          const row = places[at].rows[index];
          row.samples.push(sample);
          console.log(
            `${operation} ${round}/${rounds} ${place.name}: ${row.name}: ${sample.cpu.toFixed(3)} ms CPU, ${sample.rps.toFixed(0)}/s`,
          );
        }
      }
    }
    results.push({ operation, heap, ...around, rounds, seconds, connections, places });
  }
  return results;
}

/** All of these gateways at once. */
const withGateways = ([first, ...others], core, use, started = []) =>
  first
    ? withGateway(first, (one) => withGateways(others, core, use, [...started, one]), { core })
    : use(started);

/** A sample of each setting, which is one gateway or several. */
async function measureInTurns(settings, { query, connections, seconds }) {
  const body = JSON.stringify({ query });
  const sum = (values) => values.reduce((total, value) => total + value, 0);
  const cpuOf = (gateways) => sum(gateways.map(({ pid }) => cpuMs(pid)));
  /** All connections together, whatever the number of gateways. */
  const everywhere = (gateways, most) =>
    Promise.all(
      gateways.map(({ port }) =>
        load(port, { next: () => body, connections: connections / gateways.length, seconds: most }),
      ),
    );
  for (const { port } of settings.flat()) {
    const { errors } = await ask(port, query);
    if (errors) throw new Error(JSON.stringify(errors));
  }
  for (let turn = 0; turn < WARM_LOADS; turn += 1)
    for (const gateways of settings) await everywhere(gateways, WARM_SECONDS / WARM_LOADS);
  const totals = settings.map((gateways) => ({ gateways, cpu: 0, requests: 0, rates: [] }));
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const total of turn % 2 === 0 ? totals : totals.toReversed()) {
      const before = cpuOf(total.gateways);
      const loads = await everywhere(total.gateways, seconds / TURNS);
      total.cpu += cpuOf(total.gateways) - before;
      total.requests += sum(loads.map(({ requests }) => requests));
      total.rates.push(sum(loads.map(({ rps }) => rps)));
    }
  }
  return totals.map(({ gateways, cpu, requests, rates }) => ({
    cpu: cpu / requests,
    rps: sum(rates) / TURNS,
    memory: sum(gateways.map(({ pid }) => residentMb(pid))),
  }));
}
