import { backoff, sleep } from '@souk/kit/lifecycle';
import type { Logger } from '@souk/kit/log';
import type { Steps } from '../console/steps.js';
import type { OpenService } from '../services/open-services.js';
import type { SeedOptions } from '../services/service.js';
import { openSeedRecord } from './seed-record.js';

/** Making the data may keep a database on the same core from answering in time, which its client takes for an outage. */
const ATTEMPTS = 3;

/**
 * Fills in the demo data of services, one after the other: making the data keeps this one thread busy, so side by
 * side they would only run into each other's transaction timeouts. A seed that fails is tried again, since every one
 * goes on where it was cut off.
 *
 * @throws what the last attempt of a seed throws
 */
export async function seedServices(
  services: readonly OpenService[],
  { products, seed, steps }: SeedOptions & { readonly steps: Steps },
): Promise<void> {
  // One instant for all: they must agree on which orders of the history are still open.
  const now = new Date();
  for (const { service, code, deps } of services) {
    await steps.run(`demo data: ${service.name}`, async () => {
      await persistently(deps.logger, () => code.seed({ ...deps, clock: () => now }, { products, seed }));
      const record = await openSeedRecord(service, deps);
      await record.write({ products, seed }).finally(() => record.close());
    });
  }
}

async function persistently(logger: Logger, work: () => Promise<void>): Promise<void> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await work();
    } catch (error) {
      if (failures === ATTEMPTS) throw error;
      logger.warn({ err: error, failures }, 'making the demo data failed, going on where it stopped');
      await sleep(backoff(failures, { minMs: 1_000 }));
    }
  }
}
