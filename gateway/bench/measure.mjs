import { readFileSync } from 'node:fs';
import { Pool } from 'undici';

const TICKS_A_SECOND = 100;

/** Processor time of a process so far, in milliseconds. Linux only. */
export function cpuMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_A_SECOND;
}

/** Memory in use, in MB. */
export const residentMb = (pid) =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024);

/** Posts one operation over and over on all connections, for a time. */
export async function load(origin, query, { connections, seconds }) {
  const pool = new Pool(origin, { connections });
  const body = JSON.stringify({ query });
  const headers = { 'content-type': 'application/json' };
  const latencies = [];
  const end = performance.now() + seconds * 1000;
  const client = async () => {
    while (performance.now() < end) {
      const start = performance.now();
      const answer = await pool.request({ path: '/graphql', method: 'POST', headers, body });
      await answer.body.dump({ limit: 10_000_000 });
      if (answer.statusCode !== 200) throw new Error(`${origin} answers ${answer.statusCode}`);
      latencies.push(performance.now() - start);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: connections }, client));
  const elapsed = (performance.now() - start) / 1000;
  await pool.close();
  latencies.sort((left, right) => left - right);
  const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return { requests: latencies.length, rps: latencies.length / elapsed, p50: at(0.5), p99: at(0.99) };
}

export const median = (values) =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)];
