import { createLogger } from '@souk/kit/log';
import { readConfig } from '../config/load.js';
import { createSteps } from '../console/steps.js';
import { type Shop, startShop } from '../launch/start-shop.js';
import { services } from '../services/index.js';
import { type SplitHooks, createServeSplit } from './serve-split.js';

/** What {@link startSplitShop} needs. */
export interface SplitShopOptions {
  /** The variables of `.env.example`; the process's own are not looked at. */
  readonly environment: Readonly<Record<string, string>>;
  /** A hand on the processes. @default none */
  readonly hooks?: SplitHooks;
  /** Takes what `souk up --split` would print, line by line. */
  readonly say: (line: string) => void;
  /** Gives up the start. @default never */
  readonly signal?: AbortSignal;
}

/**
 * Starts the shop as `souk up --split` does, from another program.
 *
 * @throws ClearError, ConfigError for what the caller can put right
 * @example const shop = await startSplitShop({ environment: { PORT: '0', SOUK_DATA_DIR: folder }, say: console.log });
 */
export async function startSplitShop(options: SplitShopOptions): Promise<Shop> {
  const { environment, hooks, say, signal = new AbortController().signal } = options;
  const config = readConfig({ ...environment }, '');
  return startShop({
    config,
    services,
    steps: createSteps(say),
    logger: createLogger({ level: config.LOG_LEVEL }),
    signal,
    serve: createServeSplit(hooks),
  });
}
