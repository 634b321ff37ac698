import { backoff, sleep } from '@souk/kit/lifecycle';
import { type Child, type Program, startChild } from './child.js';

/** A program that is kept running. */
export interface Supervised {
  /** Its present process; another one after a restart. */
  pid(): number | undefined;
  stop(): Promise<void>;
}

/** A program that ran this long is not counted as failing when it ends. */
const HEALTHY_MS = 60_000;

/**
 * Starts a program and keeps it running: whenever it ends by itself it is started again, after a pause that grows
 * while it keeps ending. Resolves when it is ready for the first time.
 *
 * @param signal gives up the wait for that @default never
 * @throws Error with its last words if it ends before it was ever ready, what `untilReady` throws, or the signal's
 * reason; nothing of it runs then
 */
export async function supervise(
  program: Program & {
    readonly name: string;
    readonly untilReady: (signal: AbortSignal) => Promise<void>;
  },
  say: (line: string) => void,
  signal?: AbortSignal,
): Promise<Supervised> {
  const stopping = new AbortController();
  let child: Child = startChild(program, say);

  const keepRunning = async (): Promise<void> => {
    let startedAt = performance.now();
    for (let failures = 1; ; failures += 1) {
      const end = await child.ended;
      if (stopping.signal.aborted) return;
      if (performance.now() - startedAt > HEALTHY_MS) failures = 1;
      const pauseMs = backoff(failures, { minMs: 500, maxMs: 10_000 });
      say(`${program.name} ended (${end}); starting it again in ${(pauseMs / 1000).toFixed(1)} s`);
      await sleep(pauseMs, stopping.signal);
      if (stopping.signal.aborted) return;
      startedAt = performance.now();
      child = startChild(program, say);
    }
  };

  const early = new AbortController();
  const giveUp = AbortSignal.any(signal ? [signal, early.signal] : [early.signal]);
  try {
    const first = await Promise.race([
      program.untilReady(giveUp).then(() => undefined),
      child.ended.then((end) => `${program.name} ended before it was ready (${end}).\n${child.lastWords()}`),
    ]).finally(() => early.abort());
    signal?.throwIfAborted();
    if (first !== undefined) throw new Error(first);
  } catch (error) {
    await child.stop();
    throw error;
  }
  const running = keepRunning();
  return {
    pid: () => child.pid,
    async stop() {
      stopping.abort();
      await child.stop();
      await running;
    },
  };
}
