// npm run bench:gateway [-- --rounds 3 --seconds 4 --connections 50 --only deep,small]
// Starts each gateway anew for each round, one after the other on a core of its own; subgraphs and load share another.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { operations } from './data.mjs';
import { cpuMs, load, median, residentMb } from './measure.mjs';
import { writeReport } from './report.mjs';
import { supergraphAt } from './schemas.mjs';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '4' },
    connections: { type: 'string', default: '50' },
    only: { type: 'string', default: Object.keys(operations).join(',') },
    write: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const [rounds, seconds, connections] = [options.rounds, options.seconds, options.connections].map(Number);
const here = import.meta.dirname;
const folder = mkdtempSync(path.join(tmpdir(), 'souk-bench-'));
const canPin = spawnSync('taskset', ['-V']).status === 0 && cpus().length > 1;
const GATEWAY_CORE = '0';
const OTHER_CORE = '1';

// The load comes from this very process.
if (canPin) spawnSync('taskset', ['-acp', OTHER_CORE, String(process.pid)]);
const { env: inherited } = process; // eslint-disable-line no-restricted-properties -- passed on, not read
const start = (core, file, env, stdio) =>
  canPin
    ? spawn('taskset', ['-c', core, process.execPath, ...file], { env: { ...inherited, ...env }, stdio })
    : spawn(process.execPath, file, { env: { ...inherited, ...env }, stdio });

const subgraphs = start(OTHER_CORE, [path.join(here, 'subgraphs.mjs')], {}, ['ignore', 'pipe', 'inherit']);
const [line] = await once(subgraphs.stdout, 'data');
const upstream = `http://127.0.0.1:${Number(String(line))}`;
const supergraph = path.join(folder, 'supergraph.graphql');
writeFileSync(supergraph, supergraphAt(Number(String(line))));
const asked = async () => (await fetch(`${upstream}/asked`)).json();

const variants = {
  Souk: { file: [path.join(here, '../run.mjs'), 'main'], env: () => ({ SUPERGRAPH_SDL: supergraph }) },
  '@apollo/server + @apollo/gateway': {
    file: [path.join(here, 'apollo.mjs')],
    env: () => ({ SUPERGRAPH_SDL: supergraph }),
  },
  'floor: fetches of @apollo/gateway, canned body': {
    file: [path.join(here, 'floor.mjs')],
    env: (name) => ({ FLOOR_FILE: floorFile(name) }),
  },
};
const floorFile = (name) => path.join(folder, `floor-${name}.json`);

async function withGateway({ file, env }, operation, use) {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const child = start(
    GATEWAY_CORE,
    file,
    { HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'silent', ...env(operation) },
    ['ignore', 'ignore', 'inherit'],
  );
  try {
    for (let attempt = 0; ; attempt += 1) {
      const up = await ask(origin, '{ __typename }').then(
        () => true,
        () => false,
      );
      if (up) break;
      if (attempt > 300) throw new Error(`${file[0]} does not come up`);
      await sleep(100);
    }
    return await use(origin, child.pid);
  } finally {
    child.kill('SIGTERM');
    const killer = setTimeout(() => child.kill('SIGKILL'), 5_000);
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    clearTimeout(killer);
  }
}

async function ask(origin, query) {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

const results = [];
try {
  for (const name of options.only.split(',')) {
    const query = operations[name];
    if (!query)
      throw new Error(`There is no operation "${name}". Choose from ${Object.keys(operations).join(', ')}.`);
    // The reference answer, and the questions it takes without any cleverness.
    let reference;
    await withGateway(variants['@apollo/server + @apollo/gateway'], name, async (origin) => {
      await asked();
      reference = await ask(origin, query);
      const questions = await asked();
      if (reference.errors) throw new Error(JSON.stringify(reference.errors));
      writeFileSync(
        floorFile(name),
        JSON.stringify({ origin: upstream, questions, body: JSON.stringify(reference) }),
      );
    });
    const samples = Object.fromEntries(Object.keys(variants).map((variant) => [variant, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const [variant, how] of Object.entries(variants)) {
        await withGateway(how, name, async (origin, pid) => {
          await ask(origin, query);
          await asked();
          const answer = await ask(origin, query);
          const fetches = (await asked()).length;
          if (JSON.stringify(answer.data) !== JSON.stringify(reference.data))
            throw new Error(`${variant} answers ${name} differently`);
          await load(origin, query, { connections, seconds: Math.max(2, seconds / 2) });
          const before = cpuMs(pid);
          const { requests, rps, p50, p99 } = await load(origin, query, { connections, seconds });
          const sample = {
            cpu: (cpuMs(pid) - before) / requests,
            rps,
            p50,
            p99,
            rss: residentMb(pid),
            fetches,
          };
          samples[variant].push(sample);
          console.log(
            `${name} round ${round + 1} ${variant}: ${sample.cpu.toFixed(3)} ms, ${rps.toFixed(0)}/s`,
          );
        });
      }
    }
    const bytes = JSON.stringify(reference).length;
    for (const [variant, all] of Object.entries(samples)) {
      const row = Object.fromEntries(
        Object.keys(all[0]).map((key) => [key, median(all.map((sample) => sample[key]))]),
      );
      results.push({ name, bytes, variant, ...row });
    }
  }
  writeReport(results, {
    rounds,
    seconds,
    connections,
    write: options.write,
    file: path.join(here, '../../docs/benchmarks.md'),
  });
} finally {
  subgraphs.kill();
  rmSync(folder, { recursive: true, force: true });
}
