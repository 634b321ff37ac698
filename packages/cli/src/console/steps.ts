/** Tells a person what goes on: one line a step, and signs of life while one takes longer than two seconds. */
export interface Steps {
  /** Runs the work and says when it is done, with the time it took. */
  run<Result>(title: string, work: () => Promise<Result>): Promise<Result>;
  say(line: string): void;
}

const FIRST_SIGN_MS = 2_000;
const SIGN_EVERY_MS = 10_000;

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
      const sign = (): void => {
        write(`  … ${title} (${seconds(0)})`);
        progress = setTimeout(sign, SIGN_EVERY_MS);
      };
      let progress = setTimeout(sign, FIRST_SIGN_MS);
      try {
        const result = await work();
        write(`  ✓ ${title} (${seconds(1)})`);
        return result;
      } finally {
        clearTimeout(progress);
      }
    },
  };
}
