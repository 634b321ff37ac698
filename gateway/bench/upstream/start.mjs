import { once } from 'node:events';
import path from 'node:path';
import { cores, startNode } from '../cores.mjs';

/** Waves are told apart by this pause, in milliseconds: far above what a gateway computes between two requests. */
const WAVE_MS = 150;

/** Starts the subgraphs in a process of their own. */
export async function startUpstream() {
  const child = startNode(cores.others, [path.join(import.meta.dirname, 'server.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  const port = Number(String(line));
  const origin = `http://127.0.0.1:${port}`;
  const bench = async (what) => (await fetch(`${origin}/bench/${what}`)).json();
  return {
    port,
    origin,
    pid: child.pid,
    /** @returns what was asked meanwhile: how many requests, and the first of them */
    async recorded(work) {
      await bench('record');
      const result = await work();
      const { count, questions } = await bench('recorded');
      return { result, count, questions };
    },
    /** @returns the requests that the work makes, in waves: those of one wave depend on answers to earlier ones */
    async waves(work) {
      await bench(`record?delay=${WAVE_MS}`);
      await work();
      const { questions } = await bench('recorded');
      await bench('record');
      const waves = [];
      let last = -Infinity;
      for (const { at, ...question } of questions) {
        if (at - last > WAVE_MS / 2) waves.push([]);
        waves.at(-1).push(question);
        last = at;
      }
      return waves;
    },
    stop: () => child.kill(),
  };
}
