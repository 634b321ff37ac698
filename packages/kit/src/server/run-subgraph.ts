import { createLocalLogs, createRemoteLogs } from '../events/owners-logs.js';
import type { EventsConfig } from '../events/events-config.js';
import { openTransport } from '../events/open-transport.js';
import type { EventTransport } from '../events/transport.js';
import type { UrlOf } from '../config/subgraph-urls.js';
import { runProgram } from '../lifecycle/run-program.js';
import { onShutdownSignals } from '../lifecycle/shutdown-signals.js';
import { type Logger, type LogLevel, createLogger } from '../log/logger.js';
import type { SubgraphApp } from '../subgraph/app.js';
import { startTelemetry } from '../telemetry/start-telemetry.js';
import type { TelemetryConfig } from '../telemetry/telemetry-config.js';
import { serveSubgraph } from './serve-subgraph.js';

/** What every subgraph reads from the environment: see `subgraphConfig`. */
export interface SubgraphEnvironment extends EventsConfig, TelemetryConfig {
  readonly HOST: string;
  readonly PORT: number;
  readonly SOUK_INTERNAL_SECRET: string;
  readonly LOG_LEVEL: LogLevel;
  /** Where subgraphs are whose events it obeys. @default it obeys nobody's */
  readonly SUBGRAPH_URLS?: UrlOf;
}

/** What {@link runSubgraph} hands to the subgraph's own part of the start. */
export interface Surroundings<Config> {
  readonly config: Config;
  readonly events: EventTransport;
  readonly logger: Logger;
}

/** A subgraph that is ready to be served. */
export interface OpenedSubgraph {
  readonly app: SubgraphApp;
  /** Closes what was opened beside it, after it has stopped. @default nothing */
  readonly close?: () => Promise<void>;
}

/**
 * Runs a subgraph as a process of its own: reads its configuration, joins it to the events of others, serves it over HTTP
 * until a signal comes, and ends in order. If it cannot start, what to do about it is printed and the process exits with 1.
 *
 * @param open prepares the subgraph's database and makes its app
 * @example
 * await runSubgraph('orders', readConfig, async ({ config, events, logger }) => {
 *   const deps = { databaseUrl: config.DATABASE_URL, events, logger };
 *   await prepare(deps);
 *   return { app: await createApp(deps) };
 * });
 */
export const runSubgraph = <Config extends SubgraphEnvironment>(
  name: string,
  readConfig: () => Config,
  open: (surroundings: Surroundings<Config>) => Promise<OpenedSubgraph>,
): Promise<void> =>
  runProgram(async () => {
    const config = readConfig();
    const { HOST: host, PORT: port, SOUK_INTERNAL_SECRET: secret, SUBGRAPH_URLS: urlOf } = config;
    // Before servers and connections are made: they look once whether to trace.
    const telemetry = await startTelemetry({ service: name, config });
    const logger = createLogger({ level: config.LOG_LEVEL });
    const logs = urlOf ? createRemoteLogs({ urlOf, secret }) : createLocalLogs();
    const events = await openTransport({ config, logs, logger });
    const { app, close } = await open({ config, events, logger });
    const served = await serveSubgraph(app, { host, port, secret, logger });
    logger.info({ url: served.url }, `${name} subgraph is listening`);
    const stop = async (): Promise<void> => {
      await served.stop();
      await events.close();
      await close?.();
      await telemetry.stop();
    };
    onShutdownSignals(stop, { logger });
  });
