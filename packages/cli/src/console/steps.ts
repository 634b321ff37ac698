/** Tells a person what goes on: one line a step, and a sign of life for every two seconds of waiting. */
export interface Steps {
  /** Runs the work and says when it is done, with the time it took. */
  run<Result>(title: string, work: () => Promise<Result>): Promise<Result>;
  say(line: string): void;
}

const PROGRESS_MS = 2_000;

/**
 * @param write takes one line
 * @example await createSteps(console.log).run('PostgreSQL', () => startEmbeddedPostgres(options));
 */
export function createSteps(write: (line: string) => void): Steps {
  return {
    say: write,
    async run(title, work) {
      const started = performance.now();
      const seconds = (digits: number): string =>
        `${((performance.now() - started) / 1000).toFixed(digits)} s`;
      const progress = setInterval(() => write(`  … ${title} (${seconds(0)})`), PROGRESS_MS);
      try {
        const result = await work();
        write(`  ✓ ${title} (${seconds(1)})`);
        return result;
      } finally {
        clearInterval(progress);
      }
    },
  };
}
