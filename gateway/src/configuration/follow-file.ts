import { type FSWatcher, unwatchFile, watch, watchFile } from 'node:fs';
import path from 'node:path';

/**
 * Calls back whenever a file may have changed. The folder's notifications come within milliseconds and see a
 * replacement by rename; looking at the file now and then covers what they miss, such as mounted Kubernetes config
 * maps. It may call without a change: compare the content. It does so once in the beginning, since nobody tells of
 * what changed after the caller read the file and before it was watched.
 *
 * @param intervalMs how often the file is looked at besides, in milliseconds
 */
export function followFile(file: string, intervalMs: number, onChange: () => void): { stop(): void } {
  const notifications = notificationsOf(file, onChange);
  watchFile(file, { interval: intervalMs, persistent: false }, onChange);
  onChange();
  return {
    stop() {
      notifications?.close();
      unwatchFile(file, onChange);
    },
  };
}

/** Undefined where the system has none to give; looking at the file must do then. */
function notificationsOf(file: string, onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(path.dirname(file), { persistent: false }, (_event, name) => {
      if (name === null || name === path.basename(file)) onChange();
    });
    return watcher.on('error', () => watcher.close());
  } catch {
    return undefined;
  }
}
