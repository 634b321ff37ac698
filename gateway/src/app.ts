import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Logger } from '@souk/kit/log';
import type { HttpRoute } from '@souk/kit/subgraph';
import { createEngines } from './engine/engines.js';
import { planAndExecute } from './engine/plan-and-execute.js';
import { createExchange } from './http/create-exchange.js';
import { createHttpServer, drain } from './http/http-server.js';
import { sendJson } from './http/write.js';
import { createTokenVerifier, type Issuer } from './identity/token-verifier.js';
import { createGatewayMetrics } from './metrics/gateway-metrics.js';
import type { RunOperation } from './operation/operation-call.js';
import { nest } from './plugin.js';
import type { TransportSource } from './transport/subgraph-transport.js';
import { createWalk, GRAPHQL_PATH } from './walk.js';
import { createGraphqlSockets } from './ws/graphql-sockets.js';

/** What a gateway is made of. */
export interface GatewayDeps {
  readonly supergraphSdl: string;
  readonly transports: TransportSource;
  readonly logger: Logger;
  /** Whose access tokens are accepted. @default []: everybody is anonymous and a token is refused */
  readonly issuers?: readonly Issuer[];
  /** What subgraphs serve beside GraphQL. @default [] */
  readonly routes?: readonly HttpRoute[];
  /** Folder of the built shop client, served under `/`. @default undefined */
  readonly clientDir?: string | undefined;
  /** Folder of the built playground, served under `/playground`. @default undefined */
  readonly playgroundDir?: string | undefined;
  /** Other origins whose pages may call the gateway. @default [] */
  readonly origins?: readonly string[];
  /** Largest request body and WebSocket message, in bytes. @default 1048576 */
  readonly bodyLimit?: number;
  /** Proxies in front that append to `x-forwarded-for`. @default 0 */
  readonly trustedProxies?: number;
  /** How long a WebSocket client may take to send `connection_init`, in milliseconds. @default 10000 */
  readonly initTimeoutMs?: number;
  /** How long requests in flight may take to finish on stop, in milliseconds. @default 3000 */
  readonly drainMs?: number;
}

/** A gateway: built, not yet listening. */
export interface Gateway {
  /** Handles HTTP and WebSocket upgrades; `listen` uses it. */
  readonly server: Server;
  handleRequest(request: IncomingMessage, response: ServerResponse): void;
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /**
   * Starts to accept connections; port 0 picks a free one.
   * @throws the system's error (EADDRINUSE, EACCES) if the port cannot be had.
   */
  listen(address: {
    readonly host: string;
    readonly port: number;
  }): Promise<{ readonly url: string; readonly port: number }>;
  /**
   * Takes a new supergraph into use. Calls and subscriptions that run keep the one they started with.
   * @throws SupergraphError and keeps the old one if the new one cannot be used.
   */
  reload(supergraphSdl: string): void;
  /** Stops accepting, finishes what is in flight, closes sockets with 1001. Within 4 s. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Builds a gateway.
 * @throws SupergraphError if the supergraph cannot be used.
 * @example
 * const { supergraphSdl } = composeSupergraph(apps);
 * const transports = new Map(apps.map((app) => [app.name, inProcessTransport(app)]));
 * const gateway = createGateway({ supergraphSdl, transports, logger, routes: apps.flatMap((app) => app.routes) });
 * const { url } = await gateway.listen({ host: '127.0.0.1', port: 4000 });
 */
export function createGateway(deps: GatewayDeps): Gateway {
  const { logger, issuers = [], routes = [], origins = [], bodyLimit = 1_048_576, trustedProxies = 0 } = deps;
  const metrics = createGatewayMetrics();
  const engines = createEngines({ ...deps, metrics });
  const verify = createTokenVerifier(issuers);
  let stopping: Promise<void> | undefined;

  const run: RunOperation = (call) => runOperation(call);
  const walk = createWalk({
    engine: engines.current,
    run,
    verify,
    metrics,
    logger,
    isStopping: () => stopping !== undefined,
    origins,
    routes,
    clientDir: deps.clientDir,
    playgroundDir: deps.playgroundDir,
    bodyLimit,
  });
  const runOperation = nest(
    walk.flatMap((plugin) => plugin.operation ?? []),
    planAndExecute,
  );
  const answer = nest(
    walk.flatMap((plugin) => plugin.http ?? []),
    async ({ response, path }) => {
      sendJson(response, 404, { error: `There is nothing at ${path}. The API is at ${GRAPHQL_PATH}.` });
    },
  );

  const handleRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const exchange = createExchange(request, response, { trustedProxies });
    if (stopping) response.setHeader('connection', 'close');
    answer(exchange).catch((error: unknown) => {
      logger.error({ err: error, requestId: exchange.requestId }, 'request failed');
      if (response.headersSent) response.destroy();
      else
        sendJson(response, 500, {
          error: `Something went wrong on our side. Quote request id ${exchange.requestId} to support.`,
        });
    });
  };
  const sockets = createGraphqlSockets({
    path: GRAPHQL_PATH,
    engine: engines.current,
    run,
    verify,
    logger,
    metrics,
    origins,
    trustedProxies,
    maxPayload: bodyLimit,
    initTimeoutMs: deps.initTimeoutMs ?? 10_000,
  });
  const server = createHttpServer(handleRequest);
  server.on('upgrade', sockets.handleUpgrade);

  const stop = async (): Promise<void> => {
    const graceMs = deps.drainMs ?? 3_000;
    await Promise.all([drain(server, graceMs), sockets.close(Math.min(graceMs, 1_000))]);
    await engines.close();
  };

  return {
    server,
    handleRequest,
    handleUpgrade: sockets.handleUpgrade,
    async listen({ host, port }) {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          resolve();
        });
      });
      // A TCP server's address is never a string.
      const address = server.address() as AddressInfo;
      return { url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`, port: address.port };
    },
    reload: engines.load,
    stop: () => (stopping ??= stop()),
  };
}
