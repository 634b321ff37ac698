import type { Steps } from '../console/steps.js';
import type { OpenService } from '../services/open-services.js';
import type { SeedOptions } from '../services/service.js';
import { openSeedRecord } from './seed-record.js';

/**
 * Fills in a service's demo data unless that was done before, by whatever options.
 *
 * @param options.again fills it in although it was done before @default false
 */
export async function seedOnce(
  { service, code, deps }: OpenService,
  options: SeedOptions & { readonly steps: Steps; readonly again?: boolean },
): Promise<void> {
  const { steps, products, seed, again = false } = options;
  const record = await openSeedRecord(service, deps);
  try {
    if (!again && (await record.read()) !== undefined) return;
    await steps.run(`demo data: ${service.name}`, () => code.seed(deps, { products, seed }));
    await record.write({ products, seed });
  } finally {
    await record.close();
  }
}
