import { ConfigError } from '@souk/kit/config';
import { onShutdownSignals } from '@souk/kit/lifecycle';
import { createLogger } from '@souk/kit/log';
import { startTelemetry } from '@souk/kit/telemetry';
import { environment, readConfig } from './config.js';
import { createStandaloneGateway } from './standalone.js';
import { SupergraphError } from './supergraph/supergraph-error.js';

try {
  const config = readConfig();
  const logger = createLogger({ level: config.LOG_LEVEL, pretty: process.stdout.isTTY }).child({
    service: 'gateway',
  });
  const telemetry = await startTelemetry({ service: 'gateway', config });
  const gateway = await createStandaloneGateway(config, logger, environment);
  onShutdownSignals(() => gateway.stop().then(() => telemetry.stop()), { logger });
  const { url } = await gateway.listen({ host: config.HOST, port: config.PORT });
  logger.info({ url, supergraph: config.SUPERGRAPH_SDL }, 'gateway ready');
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}

/** One clear line for what the person who starts it can mend; the stack for everything else. */
function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof SupergraphError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `${error.message}. Another program has the port: choose one with PORT.`;
  if (code === 'EACCES') return `${error.message}. Choose a PORT above 1023, or a readable SUPERGRAPH_SDL.`;
  if (code === 'ENOENT')
    return `${error.message}. Set SUPERGRAPH_SDL to the supergraph file, or run "npm run compose".`;
  return error.stack ?? error.message;
}
