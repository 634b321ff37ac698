import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { load } from './load.mjs';
import { circumstances } from './report/circumstances.mjs';
import { createVariedRequests } from './varied-requests.mjs';
import { withGateway } from './with-gateway.mjs';

/** The run is told as this many parts. */
const PARTS = 20;
const SAMPLE_MS = 250;
/** A full collection takes a fraction of it. */
const COLLECT_MS = 1_000;

/**
 * Sends a million small requests of which hardly two are alike, and watches memory.
 *
 * @returns for each part what is in use once garbage is collected, and the highest resident memory in it, in MB
 */
export async function measureMemory({ supergraph, souk, options }) {
  const { requests, connections, heap } = options;
  const gateway = {
    arguments: ['--expose-gc', '--import', path.join(import.meta.dirname, 'collect-garbage.mjs'), souk.main],
    environment: {
      NODE_ENV: 'production',
      SUPERGRAPH_SDL: supergraph,
      LOG_LEVEL: 'silent',
      NODE_OPTIONS: heap,
      // Off by default, and it keeps something: it is watched, too.
      GATEWAY__SHARING__IN_FLIGHT: 'true',
    },
  };
  const around = circumstances();
  const varied = createVariedRequests(requests);
  return withGateway(gateway, async ({ port, pid }) => {
    const startedAt = performance.now();
    const parts = [];
    for (let part = 1; part <= PARTS; part += 1) {
      const sampler = watchMemory(port);
      const { rps } = await load(port, {
        next: varied.next,
        connections,
        requests: Math.round(requests / PARTS),
      });
      const resident = await sampler.stop();
      process.kill(pid, 'SIGUSR2');
      await sleep(COLLECT_MS);
      const { heap: inUse, external } = await sample(port);
      parts.push({
        requests: Math.round((requests * part) / PARTS),
        texts: varied.texts(),
        inUse,
        external,
        resident,
      });
      console.log(
        `${part}/${PARTS}: ${rps.toFixed(0)}/s, ${inUse.toFixed(1)} MB in use, ${resident.toFixed(0)} MB resident, ${varied.texts()} texts`,
      );
    }
    const minutes = (performance.now() - startedAt) / 60_000;
    return [{ heap, ...around, requests, connections, minutes, parts }];
  });
}

/** Looks at /metrics again and again. `stop` gives the highest resident memory, in MB. */
function watchMemory(port) {
  let highest = 0;
  let isOver = false;
  const looking = (async () => {
    while (!isOver) {
      highest = Math.max(highest, (await sample(port)).resident);
      await sleep(SAMPLE_MS);
    }
  })();
  return {
    async stop() {
      isOver = true;
      await looking;
      return highest;
    },
  };
}

async function sample(port) {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const megabytes = (name) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]) / 2 ** 20;
  return {
    heap: megabytes('nodejs_heap_size_used_bytes'),
    external: megabytes('nodejs_external_memory_bytes'),
    resident: megabytes('process_resident_memory_bytes'),
  };
}
