import { withServices } from './with-services.js';
import { seedOnce } from '../seeding/seed-once.js';

import type { CommandOptions } from './read-command.js';

/** Fills in the demo data of every service: again, or only where it is missing. */
export async function seed({ missing }: CommandOptions): Promise<void> {
  await withServices(async (opened, { config, steps }) => {
    await seedOnce(opened, {
      products: config.SOUK_PRODUCTS,
      seed: config.SOUK_SEED,
      steps,
      again: !missing,
    });
  });
}
