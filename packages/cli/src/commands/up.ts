import { onShutdownSignals } from '@souk/kit/lifecycle';
import { createLogger } from '@souk/kit/log';
import { startTelemetry } from '@souk/kit/telemetry';
import { readConfig } from '../config/load.js';
import { createSteps } from '../console/steps.js';
import { welcome } from '../console/welcome.js';
import { serveInOneProcess } from '../launch/serve-in-one-process.js';
import { startShop } from '../launch/start-shop.js';
import { services } from '../services/index.js';
import { serveSplit } from '../split/serve-split.js';
import type { CommandOptions } from './command-options.js';

/** Starts the shop and keeps it until a signal ends it; the process then exits with 0. */
export async function up({ split }: CommandOptions): Promise<void> {
  const config = readConfig();
  // In split mode each service traces for itself.
  const telemetry = split ? undefined : await startTelemetry({ service: 'souk', config });
  const logger = createLogger({ level: config.LOG_LEVEL, pretty: process.stdout.isTTY });
  // A reader that went away (`npm start | head`) is no reason to leave databases behind.
  process.stdout.on('error', () => {});
  const steps = createSteps((line) => console.log(line));
  const givingUp = new AbortController();
  const starting = startShop({
    config,
    services,
    steps,
    logger,
    signal: givingUp.signal,
    serve: split ? serveSplit : serveInOneProcess,
  });
  const stop = async (): Promise<void> => {
    givingUp.abort();
    steps.say('Closing …');
    const shop = await starting.catch(() => undefined);
    await shop?.stop();
    await telemetry?.stop();
    steps.say('Closed.');
  };
  onShutdownSignals(stop, { logger });
  process.once('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'unexpected error, closing');
    void stop().finally(() => process.exit(1));
  });
  try {
    steps.say(welcome(await starting));
  } catch (error) {
    if (!givingUp.signal.aborted) throw error;
  }
}
