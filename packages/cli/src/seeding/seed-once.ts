import type { Steps } from '../console/steps.js';
import { settleAll } from '../launch/settle.js';
import type { OpenService } from '../services/open-services.js';
import type { SeedOptions } from '../services/service.js';
import { openSeedRecord } from './seed-record.js';

/** What to fill in, and where. */
export interface SeedingOptions extends SeedOptions {
  readonly steps: Steps;
  /** Fills in again what was filled in before. @default false */
  readonly again?: boolean;
  /** Gives up between two services when aborted. @default never */
  readonly signal?: AbortSignal;
}

/**
 * Fills in the demo data of every service that has none, one after the other: making the data keeps this one thread
 * busy, so side by side they would only run into each other's transaction timeouts.
 */
export async function seedOnce(opened: readonly OpenService[], options: SeedingOptions): Promise<void> {
  const { steps, products, seed, again = false, signal } = options;
  const missing = again ? opened : await withoutData(opened);
  for (const { service, code, deps } of missing) {
    signal?.throwIfAborted();
    await steps.run(`demo data: ${service.name}`, async () => {
      await code.seed(deps, { products, seed });
      const record = await openSeedRecord(service, deps);
      await record.write({ products, seed }).finally(() => record.close());
    });
  }
}

async function withoutData(opened: readonly OpenService[]): Promise<OpenService[]> {
  const found = await settleAll(
    opened.map(async ({ service, deps }) => {
      const record = await openSeedRecord(service, deps);
      return record.read().finally(() => record.close());
    }),
  );
  return opened.filter((_, index) => found[index] === undefined);
}
