import { withServices } from './with-services.js';

/** Brings every service's database up to date. */
export async function migrate(): Promise<void> {
  await withServices(async () => {});
}
