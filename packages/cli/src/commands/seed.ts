import { seedServices } from '../seeding/seed-services.js';
import { withoutData } from '../seeding/without-data.js';
import { services } from '../services/index.js';
import type { CommandOptions } from './command-options.js';
import { withServices } from './with-services.js';

/** Fills in the demo data of every service: again, or only where it is missing. */
export async function seed({ missing }: CommandOptions): Promise<void> {
  await withServices(async (opened, { config, servers, steps }) => {
    const wanted = new Set(missing ? await withoutData(services, servers) : services);
    await seedServices(
      opened.filter(({ service }) => wanted.has(service)),
      { products: config.SOUK_PRODUCTS, seed: config.SOUK_SEED, steps },
    );
  });
}
