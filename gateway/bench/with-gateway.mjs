import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { cores, startNode } from './cores.mjs';

const START_MS = 60_000;
const STOP_MS = 5_000;

/**
 * Starts a gateway on the core of its own, uses it, and ends it.
 *
 * @param core undefined for all of them @default the gateways'
 * @throws Error if it does not answer within a minute
 */
export async function withGateway({ arguments: args, environment }, use, { core } = { core: cores.gateway }) {
  const port = await freePort();
  const child = startNode(core, args, {
    environment: { ...environment, HOST: '127.0.0.1', PORT: String(port) },
  });
  try {
    for (const since = performance.now(); !(await answers(port)); await sleep(100)) {
      if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}.`);
      if (performance.now() - since > START_MS) throw new Error('It does not answer.');
    }
    return await use({ port, pid: child.pid });
  } finally {
    child.kill('SIGTERM');
    const killer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    clearTimeout(killer);
  }
}

/** Asks once. */
export async function ask(port, query) {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

const answers = (port) =>
  ask(port, '{ __typename }').then(
    () => true,
    () => false,
  );

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
