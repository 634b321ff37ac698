import cluster from 'node:cluster';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '@souk/kit/config';
import { onShutdownSignals } from '@souk/kit/lifecycle';
import { createLogger, type Logger } from '@souk/kit/log';
import { runWorkers, WorkerStartError } from './cluster/run-workers.js';
import { environment, type GatewayConfig, readConfig } from './config.js';
import { SupergraphError } from './supergraph/supergraph-error.js';

try {
  const config = readConfig(environment, process.argv.slice(2));
  const logger = createLogger({ level: config.LOG_LEVEL, pretty: process.stdout.isTTY }).child({
    service: 'gateway',
    ...(cluster.isWorker ? { worker: process.pid } : {}),
  });
  if (config.GATEWAY_CPUS > 1 && cluster.isPrimary) await serveInWorkers(config, logger);
  else await (await import('./serve.js')).serve(config, logger);
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}

async function serveInWorkers({ GATEWAY_CPUS: count }: GatewayConfig, logger: Logger): Promise<void> {
  const workers = runWorkers({ count, program: fileURLToPath(import.meta.url), logger });
  onShutdownSignals(() => workers.stop(), { logger });
  await workers.serving;
  logger.info({ workers: count }, 'all workers serve');
}

/** One clear line for what the person who starts it can mend; the stack for everything else. */
function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof SupergraphError || error instanceof WorkerStartError)
    return error.message;
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `${error.message}. Another program has the port: choose one with PORT.`;
  if (code === 'EACCES') return `${error.message}. Choose a PORT above 1023, or a readable SUPERGRAPH_SDL.`;
  if (code === 'ENOENT')
    return `${error.message}. Set SUPERGRAPH_SDL to the supergraph file, or run "npm run compose".`;
  return error.stack ?? error.message;
}
