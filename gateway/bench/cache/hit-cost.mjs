import { load } from '../load.mjs';
import { cpuMs } from '../process-tree.mjs';
import { ask, withGateway } from '../with-gateway.mjs';

const QUERY = '{ page(number: 0) { id name description price edition available } }';
const WAYS = [
  { name: '`{ __typename }`: no operation costs less', query: '{ __typename }', environment: {} },
  { name: 'nothing is cached', environment: { GATEWAY__CACHING: 'false' } },
  { name: 'entities and root fields are cached', environment: { GATEWAY__CACHING__RESPONSES: 'false' } },
  { name: 'whole responses are cached', environment: {} },
];

/** CPU time of the gateway for one request, without caches, with one, and with the other. */
export async function measureHitCost({ gateway, rounds, seconds, connections }) {
  const rows = WAYS.map(({ name }) => ({ name, samples: [] }));
  let bytes = 0;
  for (let round = 1; round <= rounds; round += 1) {
    for (const [index, { name, query = QUERY, environment }] of WAYS.entries()) {
      const body = JSON.stringify({ query });
      const next = () => body;
      const sample = await withGateway(gateway(environment), async ({ port, pid }) => {
        const { data, errors } = await ask(port, query);
        if (errors) throw new Error(JSON.stringify(errors));
        if (query === QUERY) bytes = Buffer.byteLength(JSON.stringify({ data }));
        await load(port, { next, connections, seconds: Math.max(1, seconds / 2) });
        const before = cpuMs(pid);
        const { requests, rps, p50, p99 } = await load(port, { next, connections, seconds });
        return { cpu: (cpuMs(pid) - before) / requests, rps, p50, p99 };
      });
      rows[index].samples.push(sample);
      console.log(`${round}/${rounds} ${name}: ${sample.cpu.toFixed(3)} ms CPU, ${sample.rps.toFixed(0)}/s`);
    }
  }
  return { query: QUERY, bytes, rounds, seconds, connections, rows };
}
