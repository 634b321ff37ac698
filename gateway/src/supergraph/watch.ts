import { readFileSync } from 'node:fs';
import type { Logger } from '@souk/kit/log';
import { followFile } from '../configuration/follow-file.js';

export interface WatchOptions {
  readonly file: string;
  /** The content in use, so that a mere touch changes nothing. */
  readonly known: string;
  readonly logger: Logger;
  /** Takes the new supergraph into use; throws to keep the old one. */
  readonly onChange: (supergraphSdl: string) => void;
  /** How often the file is looked at besides, in milliseconds. @default 500 */
  readonly intervalMs?: number;
}

/** Follows the supergraph file and takes each new content into use. */
export function watchSupergraph(options: WatchOptions): { stop(): void } {
  const { file, known, logger, onChange, intervalMs = 500 } = options;
  let current = known;
  const look = (): void => {
    try {
      // Read synchronously: no request may slip in between the notification and the new supergraph.
      const sdl = readFileSync(file, 'utf8');
      // Empty is a file that somebody has only begun to write.
      if (sdl === current || sdl === '') return;
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
  return followFile(file, intervalMs, look);
}
