import { setTimeout as sleep } from 'node:timers/promises';
import { load } from '../../../gateway/bench/load.mjs';
import { shopCpu } from './processes.mjs';

/** CPU time is counted in hundredths of a second: what is still under way is waited for. */
const SETTLE_MS = 300;

/** A request as the load sends it. */
export const requestOf = ({ query, variables, headers = '' }) => ({
  body: JSON.stringify({ query, variables }),
  headers,
});

/**
 * Sends requests in turn, and says what one of them costs.
 *
 * A number of requests, not a time: however busy the machine is, as much has been compiled.
 *
 * @param requests made by {@link requestOf}, sent round and round
 * @param count how many to send @default each once
 * @returns CPU milliseconds a request of all processes of the shop and, of it, of its database servers; requests a
 * second, p50 and p99 in milliseconds
 */
export async function measure(shop, { requests, count = requests.length, connections }) {
  const next = (number) => requests[number % requests.length];
  const before = shopCpu(shop);
  const { requests: answered, rps, p50, p99 } = await load(shop.port, { next, connections, requests: count });
  await sleep(SETTLE_MS);
  const after = shopCpu(shop);
  const databases = (after.databases - before.databases) / answered;
  const cpu = (after.own - before.own) / answered + databases;
  return { cpu, databases, rps, p50, p99, requests: answered };
}
