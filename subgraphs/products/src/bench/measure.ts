/** What a piece of work took. CPU time is what counts on a machine that others use too. */
export interface Cost {
  readonly ms: number;
  readonly cpuMs: number;
}

export async function timed(work: () => Promise<unknown>): Promise<Cost> {
  const startedAt = performance.now();
  const cpuAtStart = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpuAtStart);
  return { ms: performance.now() - startedAt, cpuMs: (user + system) / 1_000 };
}

export const report = (what: string, { ms, cpuMs }: Cost, more = ''): void =>
  console.log(
    `${what.padEnd(46)} ${ms.toFixed(1).padStart(9)} ms ${cpuMs.toFixed(1).padStart(9)} ms CPU  ${more}`,
  );

const ROUNDS = 30;

/** Runs it 30 times after a warm-up, and prints the median and the worst. */
export async function times(what: string, work: () => Promise<unknown>): Promise<void> {
  for (let warm = 0; warm < 5; warm += 1) await work();
  const all: Cost[] = [];
  for (let round = 0; round < ROUNDS; round += 1) all.push(await timed(work));
  const median = (pick: (cost: Cost) => number): number =>
    all.map(pick).sort((a, b) => a - b)[ROUNDS / 2] ?? 0;
  const worst = Math.max(...all.map(({ ms }) => ms));
  report(
    what,
    { ms: median(({ ms }) => ms), cpuMs: median(({ cpuMs }) => cpuMs) },
    `worst ${worst.toFixed(1)} ms`,
  );
}

/** Megabytes in use after the garbage is gone (needs `--expose-gc`). */
export function memoryMb(): { heap: number; buffers: number; rss: number } {
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  return { heap: heapUsed / 1e6, buffers: arrayBuffers / 1e6, rss: rss / 1e6 };
}
