import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { loadConfig } from '@souk/kit/config';
import { type SchemaConfig, configSchema } from './schema.js';

/** The configuration of `souk`. */
export interface Config extends SchemaConfig {
  /** True under NODE_ENV=production, where the embedded MongoDB refuses to run. Nothing else looks at it. */
  readonly production: boolean;
  /** The PATH, where a real `mongod` may be. */
  readonly searchPath: string | undefined;
}

/**
 * Reads the configuration from the environment, and from a file `.env` in the working folder for what the
 * environment does not set.
 *
 * @throws ConfigError that lists every problem
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env, file = '.env'): Config {
  const values = { ...readEnvFile(file), ...environment };
  return {
    ...loadConfig(configSchema, values),
    production: values['NODE_ENV'] === 'production',
    searchPath: values['PATH'],
  };
}

function readEnvFile(file: string): NodeJS.Dict<string> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return {};
  }
  return parseEnv(text);
}
