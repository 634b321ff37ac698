import type { Engine } from '../../engine/engine.js';
import { sendJson } from '../../http/write.js';
import type { GatewayPlugin } from '../../plugin.js';

export interface HealthOptions {
  readonly engine: () => Engine;
  /** True from the moment the gateway drains. */
  readonly isStopping: () => boolean;
  /** How long one subgraph may take to say that it is ready, in milliseconds. @default 2000 */
  readonly timeoutMs?: number;
}

/**
 * `/health`: the process lives. `/ready`: it may get traffic, because the supergraph is loaded and every subgraph
 * answers. A gateway that drains is alive but not ready.
 */
export function health(options: HealthOptions): GatewayPlugin {
  return {
    name: 'health',
    http(exchange, next) {
      const { path } = exchange;
      if (path === '/health') return sendJson(exchange.response, 200, { status: 'ok' });
      if (path !== '/ready') return next();
      return readiness(options).then(({ ready, body }) =>
        sendJson(exchange.response, ready ? 200 : 503, body),
      );
    },
  };
}

async function readiness({
  engine,
  isStopping,
  timeoutMs = 2_000,
}: HealthOptions): Promise<{ ready: boolean; body: object }> {
  if (isStopping()) return { ready: false, body: { status: 'stopping' } };
  const states = await Promise.all(
    [...engine().transports.values()].map(
      async (transport) => [transport.name, await stateOf(() => transport.checkReady(), timeoutMs)] as const,
    ),
  );
  const ready = states.every(([, state]) => state === 'ready');
  return { ready, body: { status: ready ? 'ready' : 'waiting', subgraphs: Object.fromEntries(states) } };
}

/** Says only whether: the reason may name hosts, and belongs into the subgraph's own log. */
async function stateOf(check: () => Promise<void>, timeoutMs: number): Promise<'ready' | 'waiting'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'waiting'>((resolve) => {
    timer = setTimeout(() => resolve('waiting'), timeoutMs);
  });
  try {
    return await Promise.race([check().then(() => 'ready' as const), late]);
  } catch {
    return 'waiting';
  } finally {
    clearTimeout(timer);
  }
}
