import cluster from 'node:cluster';
import { onShutdownSignals } from '@souk/kit/lifecycle';
import type { Logger } from '@souk/kit/log';
import { startTelemetry } from '@souk/kit/telemetry';
import { clusterMetrics } from './cluster/cluster-metrics.js';
import { tellStopTime } from './cluster/stop-time.js';
import { environment, type GatewayConfig } from './config.js';
import { createStandaloneGateway } from './standalone.js';

/**
 * Serves in this process, until a signal ends it. Imported only where it is needed: the process that hands out
 * connections to workers holds nothing of the gateway.
 *
 * @throws SupergraphError, or the system's error if the port or a file cannot be had
 *
 * @example
 * await serve(readConfig(environment), logger);
 */
export async function serve(config: GatewayConfig, logger: Logger): Promise<void> {
  const telemetry = await startTelemetry({ service: 'gateway', config });
  const more = cluster.isWorker ? { exposeMetrics: clusterMetrics } : {};
  const gateway = await createStandaloneGateway(config, logger, environment, more);
  if (cluster.isWorker) tellStopTime(gateway.stopMs);
  onShutdownSignals(() => gateway.stop().then(() => telemetry.stop()), { logger });
  const { url } = await gateway.listen({ host: config.HOST, port: config.PORT });
  logger.info({ url, supergraph: config.SUPERGRAPH_SDL }, 'gateway ready');
}
