import type { Steps } from '../console/steps.js';
import type { OpenService } from '../services/open-services.js';
import type { SeedOptions } from '../services/service.js';
import { openSeedRecord } from './seed-record.js';

/**
 * Fills in the demo data of services, one after the other: making the data keeps this one thread busy, so side by
 * side they would only run into each other's transaction timeouts.
 */
export async function seedServices(
  services: readonly OpenService[],
  { products, seed, steps }: SeedOptions & { readonly steps: Steps },
): Promise<void> {
  // One instant for all: they must agree on which orders of the history are still open.
  const now = new Date();
  for (const { service, code, deps } of services) {
    await steps.run(`demo data: ${service.name}`, async () => {
      await code.seed({ ...deps, clock: () => now }, { products, seed });
      const record = await openSeedRecord(service, deps);
      await record.write({ products, seed }).finally(() => record.close());
    });
  }
}
