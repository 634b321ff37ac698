import { listBackups } from '../backup/find-backup.js';
import { openBackupPlace } from '../backup/open-store.js';
import { readConfig } from '../config/load.js';
import type { CommandOptions } from './command-options.js';

/** Lists the backups that there are. */
export async function backups({ from }: CommandOptions): Promise<void> {
  const { store, title } = await openBackupPlace(readConfig(), from);
  try {
    const all = await listBackups(store);
    if (all.length === 0) console.log(`There are no backups in ${title}.`);
    for (const { name, bytes, isComplete } of all) {
      console.log(`${name}  ${(bytes / 1_048_576).toFixed(1)} MiB${isComplete ? '' : '  incomplete'}`);
    }
  } finally {
    await store.close();
  }
}
