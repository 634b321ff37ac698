import { once } from '../lifecycle/once.js';
import type { TelemetryConfig } from './telemetry-config.js';

/** Tracing of this process. */
export interface Telemetry {
  /** Sends what is still here, then ends. Safe to call twice. */
  stop(): Promise<void>;
}

/** Whether spans are worth making. */
let tracing = false;

/** True once {@link startTelemetry} switched tracing on. Whoever adds something only for traces asks this first. */
export const isTracing = (): boolean => tracing;

/**
 * Switches tracing on if an endpoint is configured. Must come before servers and database connections are made: they
 * look once whether to trace.
 *
 * @param options.service the service's name, as traces show it
 * @returns something to stop, also if nothing was switched on
 * @example const telemetry = await startTelemetry({ service: 'orders', config });
 */
export async function startTelemetry({
  service,
  config,
}: {
  readonly service: string;
  readonly config: TelemetryConfig;
}): Promise<Telemetry> {
  const endpoint = config.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined) return { stop: async () => {} };
  // Loaded only when it is used: the SDK takes megabytes that a shop without a collector need not spend.
  const { startTracing } = await import('./tracing-sdk.js');
  const stopTracing = startTracing({ service, endpoint, ratio: config.OTEL_TRACES_SAMPLER_ARG });
  tracing = true;
  return {
    stop: once(() => {
      tracing = false;
      return stopTracing();
    }),
  };
}
