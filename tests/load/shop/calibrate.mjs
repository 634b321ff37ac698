import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cores, startNode } from '../../../gateway/bench/cores.mjs';
import { freePort } from './free-port.mjs';
import { measure, requestOf } from './measure.mjs';

const COUNT = 20_000;

/** What a Node.js server that does nothing costs here: other machines' figures are scaled by it. */
export async function calibrate({ rounds, connections }) {
  const port = await freePort();
  const child = startNode(cores.gateway, [path.join(import.meta.dirname, 'bare-node.mjs'), String(port)]);
  try {
    for (let isUp = false; !isUp; await sleep(50)) isUp = await answers(port);
    const server = { port, pid: child.pid, dataDir: ' none' };
    const requests = [requestOf({ query: '{ __typename }', variables: {} })];
    await measure(server, { requests, count: COUNT, connections });
    const samples = [];
    for (let round = 0; round < rounds; round += 1) {
      samples.push(await measure(server, { requests, count: COUNT, connections }));
    }
    return samples;
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  }
}

const answers = (port) =>
  fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );
