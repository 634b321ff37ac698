import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cores, startNode } from '../../../gateway/bench/cores.mjs';
import { freePort } from './free-port.mjs';

const START_MS = 900_000;
const main = path.join(import.meta.dirname, '../../../packages/cli/dist/main.js');

/**
 * Starts the shop as `npm start` does, on a core of its own, with databases and all.
 *
 * @param dataDir kept when it stops: the next start finds its data there
 * @param products how many the catalogue has
 * @param environment more settings
 */
export async function startShop({ dataDir, products, environment = {} }) {
  const port = await freePort();
  const child = startNode(cores.gateway, [main, 'up'], {
    environment: {
      PORT: String(port),
      SOUK_DATA_DIR: dataDir,
      SOUK_PRODUCTS: String(products),
      LOG_LEVEL: 'error',
      ...environment,
    },
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  try {
    for (const since = performance.now(); !(await isReady(url)); await sleep(200)) {
      if (child.exitCode !== null) throw new Error(`The shop ended with ${child.exitCode}.`);
      if (performance.now() - since > START_MS) throw new Error('The shop does not open.');
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, url, dataDir, pid: child.pid, ask: createAsk(url), stop };
}

const isReady = (url) =>
  fetch(`${url}/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

/** Asks once; an answer with errors, or with refusals in a payload, is an error. */
const createAsk =
  (url) =>
  async (query, variables = {}, headers = {}) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await response.json();
    const refusals = Object.values(data ?? {}).flatMap((payload) => payload?.errors ?? []);
    if (errors || refusals.length > 0) throw new Error(JSON.stringify(errors ?? refusals));
    return data;
  };
