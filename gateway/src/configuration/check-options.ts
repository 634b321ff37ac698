import { ConfigError } from '@souk/kit/config';
import type { GatewayOptions } from '../gateway-options.js';
import { optionsSchema } from './options-schema.js';

/**
 * Checks options that came from a file or from the environment.
 *
 * @throws ConfigError that lists every problem, each with the option's path
 */
export function checkOptions(value: unknown): GatewayOptions {
  const parsed = optionsSchema.safeParse(value);
  // The schema has a key for every option of every section, which its own types make sure of.
  if (parsed.success) return parsed.data as GatewayOptions;
  throw new ConfigError(
    parsed.error.issues.map((issue) => `${issue.path.map(String).join('.') || 'options'}: ${issue.message}`),
  );
}
