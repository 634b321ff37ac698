import type { LogRepair } from '../backup/align-logs.js';
import { fingerprint } from '../backup/fingerprint.js';
import { openBackupPlace } from '../backup/open-store.js';
import { restoreBackup } from '../backup/restore-backup.js';
import { services } from '../services/index.js';
import type { CommandOptions } from './command-options.js';
import { withServers } from './with-servers.js';

/** Restores a backup into an empty place. */
export async function restore({ from, backup, only, force }: CommandOptions): Promise<void> {
  await withServers(async ({ config, servers, secret, steps }) => {
    const { store, title } = await openBackupPlace(config, from);
    try {
      const clock = (): Date => new Date();
      const restored = await restoreBackup({
        ...{ store, services, servers, steps, clock, backup, only, force },
        amqpUrl: config.AMQP_URL,
      });
      for (const repair of restored.repairs) steps.say(tell(repair));
      if (restored.forgotten > 0) {
        steps.say(`${restored.forgotten} messages at the broker were dropped: what counts is in the backup.`);
      }
      if (restored.secret !== fingerprint(secret)) steps.say(OTHER_SECRET);
      steps.say(`Restored ${restored.name} from ${title}. "souk up" starts the shop with it.`);
    } finally {
      await store.close();
    }
  });
}

const tell = ({ owner, head, position, consumers }: LogRepair): string =>
  `${owner} is older than what ${consumers.join(', ')} had read of its events: those from ${head + 1} to ${position} are lost, and it goes on behind them.`;

const OTHER_SECRET =
  'This place has another secret than the one that was backed up: links to orders of guests no longer open. ' +
  'Set SOUK_INTERNAL_SECRET to the old one, or copy internal-secret from the old data folder.';
