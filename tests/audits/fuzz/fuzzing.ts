import fc from 'fast-check';
import { it } from 'vitest';

const { SOUK_FUZZ_SECONDS = '6', SOUK_FUZZ_SEED, SOUK_FUZZ_PATH } = process.env;

/** Things that are fuzzed; they share the time. */
const SHARES = 3;
const SEED = Number(SOUK_FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
const MS = (Number(SOUK_FUZZ_SECONDS) * 1_000) / SHARES;

/** Longest time that one answer may take, in milliseconds; far more than any takes, even on a busy machine. */
const REASON_MS = 30_000;

/**
 * A test that goes on for its share of the time (`npm run fuzz -- --seconds 120`), prints its seed, and shows the
 * smallest case that fails with what repeats it.
 */
export function fuzzing<Case>(what: string, property: fc.IAsyncProperty<Case>): void {
  it(
    what,
    async () => {
      const details = await fc.check(property, {
        seed: SEED,
        ...(SOUK_FUZZ_PATH === undefined ? {} : { path: SOUK_FUZZ_PATH }),
        numRuns: Number.MAX_SAFE_INTEGER,
        interruptAfterTimeLimit: MS,
      });
      console.log(`${what}: ${details.numRuns} cases; again with npm run fuzz -- --seed ${SEED}`);
      if (details.failed) {
        const message = await fc.asyncDefaultReportMessage(details);
        throw new Error(message, { cause: details.errorInstance });
      }
    },
    // What fails is made smaller, which takes its own time; so does the last case.
    MS * 3 + 120_000,
  );
}

/** @throws Error if it takes longer than anything should. */
export async function withinReason<Value>(answer: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`There was no answer for ${REASON_MS} ms.`)), REASON_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
