import type { Logger } from '@souk/kit/log';
import type { GatewayOptions } from '../gateway-options.js';
import { fileVersion } from './file-version.js';
import { followFile } from './follow-file.js';
import { gatewaySettings, settingsFile, type SettingsSources } from './gateway-settings.js';

export interface FollowSettingsOptions extends SettingsSources {
  /** The version of the file before the options in force were read: what is written while that lasts is new. */
  readonly known: string | undefined;
  readonly logger: Logger;
  /** Takes the new options into use; throws to keep the old ones. */
  readonly onChange: (options: GatewayOptions) => void;
  /** How often the file is looked at besides its notifications, in milliseconds. @default 500 */
  readonly intervalMs?: number;
}

/** Takes changed options into use; a file with problems leaves the old ones in force and says what is wrong. */
export function followSettings(options: FollowSettingsOptions): { stop(): void } {
  const { logger, onChange, intervalMs = 500 } = options;
  const file = settingsFile(options.file);
  if (file === undefined) return { stop: () => {} };
  let { known } = options;
  let last = Promise.resolve();

  const read = async (): Promise<void> => {
    try {
      onChange(await gatewaySettings({ ...options, file }));
      logger.info(
        { file },
        'options replaced; "server", "sockets", "planning", "sharing" and "caching" count from the next start',
      );
    } catch (error) {
      logger.error(
        { err: error, file },
        'the new options cannot be used; the old ones stay. Correct the file.',
      );
    }
  };
  return followFile(file, intervalMs, () => {
    const version = fileVersion(file);
    // No file: it is just being replaced.
    if (version === known || version === undefined) return;
    known = version;
    last = last.then(read);
  });
}
