import { readFile } from 'node:fs/promises';
import { unwatchFile, watchFile } from 'node:fs';
import type { Logger } from '@souk/kit/log';

export interface WatchOptions {
  readonly file: string;
  /** The content in use, so that a mere touch changes nothing. */
  readonly known: string;
  readonly logger: Logger;
  /** Takes the new supergraph into use; throws to keep the old one. */
  readonly onChange: (supergraphSdl: string) => void;
  /** How often the file is looked at, in milliseconds. @default 500 */
  readonly intervalMs?: number;
}

/**
 * Follows the supergraph file by looking at it now and then: that sees a replacement by rename, and works on mounted
 * Kubernetes config maps, where change notifications do not.
 */
export function watchSupergraph({ file, known, logger, onChange, intervalMs = 500 }: WatchOptions): {
  stop(): void;
} {
  let current = known;
  const reload = async (): Promise<void> => {
    try {
      const sdl = await readFile(file, 'utf8');
      if (sdl === current) return;
      // Remembered even if it is refused, or each look would report it again.
      current = sdl;
      onChange(sdl);
      logger.info({ file }, 'supergraph replaced');
    } catch (error) {
      logger.error(
        { err: error, file },
        'the new supergraph cannot be used; the old one stays. Correct the file.',
      );
    }
  };
  const look = (): void => void reload();
  watchFile(file, { interval: intervalMs, persistent: false }, look);
  return { stop: () => unwatchFile(file, look) };
}
