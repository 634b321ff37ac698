/** @returns milliseconds */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

export const report = (what: string, ms: number, more = ''): void =>
  console.log(`${what.padEnd(48)} ${ms.toFixed(1).padStart(9)} ms ${more}`);

const ROUNDS = 30;

/** Runs it 30 times after a warm-up, and prints median and worst. */
export async function times(what: string, work: () => Promise<unknown>): Promise<void> {
  for (let warm = 0; warm < 5; warm += 1) await work();
  const all: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) all.push(await timed(work));
  all.sort((a, b) => a - b);
  report(what, all[ROUNDS / 2] ?? 0, `worst ${(all.at(-1) ?? 0).toFixed(1)} ms`);
}

/** Megabytes in use after the garbage is gone (needs `--expose-gc`). */
export function memoryMb(): { heap: number; buffers: number; rss: number } {
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  return { heap: heapUsed / 1e6, buffers: arrayBuffers / 1e6, rss: rss / 1e6 };
}
