import { createBackup } from '../backup/create-backup.js';
import { fingerprint } from '../backup/fingerprint.js';
import { openBackupPlace } from '../backup/open-store.js';
import { services } from '../services/index.js';
import type { CommandOptions } from './command-options.js';
import { withServers } from './with-servers.js';

/** Backs up every database, of a shop that runs or not. */
export async function backup({ to }: CommandOptions): Promise<void> {
  await withServers(
    async ({ config, servers, secret, steps, signal }) => {
      const { store, title } = await openBackupPlace(config, to);
      try {
        const clock = (): Date => new Date();
        const options = { store, services, servers, secret: fingerprint(secret), steps, clock };
        const name = await createBackup({ ...options, signal });
        steps.say(
          `Backed up as ${name} in ${title}. It holds all that the databases do: keep it as safe as them.`,
        );
      } finally {
        await store.close();
      }
    },
    { orRunning: true, givesUp: true },
  );
}
