import { existsSync } from 'node:fs';
import path from 'node:path';
import type { GatewayOptions } from '../gateway-options.js';
import { checkOptions } from './check-options.js';
import { environmentOverrides, mergeOptions } from './environment-overrides.js';
import { readOptionsFile } from './read-options-file.js';

export interface SettingsSources {
  /** A file that exports options by default. @default undefined: the shop's own `gateway.config.ts`, if it is there */
  readonly file?: string | undefined;
  /** Where `GATEWAY__…` variables are. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Options that the file and then the environment are laid over. @default {} */
  readonly defaults?: GatewayOptions;
}

/**
 * The options in force: defaults, then the file, then the environment.
 *
 * @throws ConfigError that lists every problem
 * @example await gatewaySettings({ file: 'gateway.config.ts', environment: process.env });
 */
export async function gatewaySettings(sources: SettingsSources): Promise<GatewayOptions> {
  const file = settingsFile(sources.file);
  const written = file === undefined ? {} : checkOptions(await readOptionsFile(file));
  const overrides = environmentOverrides(sources.environment);
  return checkOptions([sources.defaults ?? {}, written, overrides].map(plain).reduce(mergeOptions));
}

/** The file whose options count; undefined if there is none. A given one must exist, which reading it finds out. */
export const settingsFile = (given: string | undefined): string | undefined =>
  given ?? [BUILT, CHECKOUT].find((file) => existsSync(file));

/** Beside the build, where images have it. */
const BUILT = path.join(import.meta.dirname, '../gateway.config.js');
/** In a checkout, when the gateway runs from sources. */
const CHECKOUT = path.resolve('gateway/gateway.config.ts');

const plain = (options: GatewayOptions | Record<string, unknown>): Record<string, unknown> => ({
  ...options,
});
