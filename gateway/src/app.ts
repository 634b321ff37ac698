import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { createMemoryKv, type Kv } from '@souk/kit/kv';
import { listen, sleep } from '@souk/kit/lifecycle';
import type { Logger } from '@souk/kit/log';
import type { OpenSharedCache } from '@souk/kit/shared-cache';
import type { HttpRoute } from '@souk/kit/subgraph';
import { createCaching } from './caching/caching.js';
import type { EventLogs } from './caching/followers.js';
import { createEngines } from './engine/engines.js';
import { createExchange } from './http/create-exchange.js';
import type { HttpExchange } from './http/exchange.js';
import { createHttpServer, drain, makeAnswersLast } from './http/http-server.js';
import { sendJson } from './http/write.js';
import { createIdentities } from './identity/identify.js';
import type { Issuer } from './identity/issuer.js';
import type { GatewayOptions } from './gateway-options.js';
import { createGatewayMetrics, type ExposeMetrics } from './metrics/gateway-metrics.js';
import { createPipeline, type Pipeline } from './pipeline.js';
import { limitsOf } from './plugins/limits/limits-options.js';
import { createEventAnswers } from './sse/answer-events.js';
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
  /** What operators choose. @default {}: the defaults of each section */
  readonly options?: GatewayOptions;
  /** State that replicas share: rate limits, caches, stored results. @default in the memory of this process */
  readonly kv?: Kv;
  /** Where the events of subgraphs can be read. @default none: what events can change is not cached */
  readonly eventLogs?: EventLogs;
  /** What plans in a thread of its own: a program that speaks planning/thread/messages.ts. @default the gateway's own */
  readonly plannerProgram?: URL;
  /** Opens the cache that replicas share behind their own. @default none */
  readonly openSharedCache?: OpenSharedCache;
  /** How `/metrics` is made of this gateway's numbers. @default these numbers alone */
  readonly exposeMetrics?: ExposeMetrics;
  /** How `server.stopDelayMs` is waited for. @default by the clock */
  readonly delay?: (ms: number) => Promise<void>;
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
  /** The supergraph in force. */
  supergraphSdl(): string;
  /**
   * Takes a new supergraph into use. Calls and subscriptions that run keep the one they started with.
   * @throws SupergraphError and keeps the old one if the new one cannot be used.
   */
  reload(supergraphSdl: string): void;
  /**
   * Takes other options into use, without dropping a request or a socket. What belongs to the server itself (`server`,
   * `sockets`) stays as it was until the next start.
   * @throws Error and changes nothing if a plugin cannot be made with them.
   */
  configure(options: GatewayOptions): void;
  /**
   * Stops accepting (after `server.stopDelayMs`), finishes what is in flight, completes event streams, closes sockets
   * with 1001. Within 4 s from then on. Safe to call twice.
   */
  stop(): Promise<void>;
  /** How long requests may still run after `stop` was called, in milliseconds; what is left to do then is short. */
  readonly stopMs: number;
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
  const { logger, issuers = [], routes = [], options = {}, kv = createMemoryKv(), delay = sleep } = deps;
  const {
    bodyLimit = 1_048_576,
    trustedProxies = 0,
    drainMs = 3_000,
    stopDelayMs = 0,
  } = options.server ?? {};
  const metrics = createGatewayMetrics(deps.exposeMetrics);
  const caching =
    options.caching === false
      ? undefined
      : createCaching({
          options: options.caching ?? {},
          eventLogs: deps.eventLogs,
          openSharedCache: deps.openSharedCache,
          kv,
          metrics,
          logger,
        });
  const identifyBy = createIdentities(issuers, logger);
  // Streams outlive the plugins that began them when options are replaced.
  const events = createEventAnswers(logger);
  let stopping: Promise<void> | undefined;

  const build = (chosen: GatewayOptions): Pipeline =>
    createPipeline((run) =>
      createWalk({
        options: chosen,
        engine: () => engines.current(),
        run,
        kv,
        caching,
        events,
        identify: identifyBy(chosen),
        metrics,
        logger,
        isStopping: () => stopping !== undefined,
        routes,
        clientDir: deps.clientDir,
        playgroundDir: deps.playgroundDir,
        bodyLimit,
      }),
    );
  let inForce = options;
  let pipeline = build(inForce);
  const engines = createEngines({
    ...deps,
    kv,
    metrics,
    wrap: (transport) => pipeline.wrap(transport),
    onLoad: (supergraph) => pipeline.load(supergraph),
    limits: () => limitsOf(inForce.limits),
    errors: () => inForce.errors ?? {},
    overrides: () => inForce.overrides ?? {},
    planning: options.planning,
    sharing: options.sharing,
    caching,
  });

  const answer = (exchange: HttpExchange): void => {
    pipeline.answer(exchange).catch((error: unknown) => {
      logger.error({ err: error, requestId: exchange.requestId }, 'request failed');
      if (exchange.response.headersSent) exchange.response.destroy();
      else
        sendJson(exchange.response, 500, {
          error: `Something went wrong on our side. Quote request id ${exchange.requestId} to support.`,
        });
    });
  };
  const handleRequest = (request: IncomingMessage, response: ServerResponse): void => {
    if (stopping) response.setHeader('connection', 'close');
    answer(createExchange(request, response, { trustedProxies }));
  };
  const sockets = createGraphqlSockets({
    path: GRAPHQL_PATH,
    engine: engines.current,
    run: (call) => pipeline.run(call),
    identify: (proof) => identifyBy(inForce)(proof),
    logger,
    metrics,
    origins: () => inForce.cors?.origins ?? [],
    trustedProxies,
    maxPayload: bodyLimit,
    initTimeoutMs: options.sockets?.initTimeoutMs ?? 10_000,
    maxOperations: options.sockets?.maxOperations ?? 100,
  });
  const server = createHttpServer(handleRequest, {
    ...options.server,
    onWebSocket: sockets.handleUpgrade,
    plain:
      options.server?.plainRequests === false
        ? undefined
        : { path: GRAPHQL_PATH, bodyLimit, trustedProxies, answer, isOpen: () => stopping === undefined },
  });

  const stop = async (): Promise<void> => {
    makeAnswersLast(server);
    if (stopDelayMs > 0) await delay(stopDelayMs);
    events.completeAll();
    await Promise.all([drain(server, drainMs), sockets.close(Math.min(drainMs, 1_000))]);
    await pipeline.stop();
    await caching?.stop();
    await engines.close();
  };

  return {
    server,
    handleRequest,
    handleUpgrade: sockets.handleUpgrade,
    async listen(at) {
      const port = await listen(server, at);
      return { url: `http://${at.host.includes(':') ? `[${at.host}]` : at.host}:${port}`, port };
    },
    supergraphSdl: () => engines.current().supergraph.sdl,
    reload: engines.load,
    configure(chosen) {
      const before = { pipeline, options: inForce };
      pipeline = build(chosen);
      inForce = chosen;
      try {
        engines.rewrap();
      } catch (error) {
        pipeline = before.pipeline;
        inForce = before.options;
        throw error;
      }
      // Requests that started before still run through the old plugins.
      setTimeout(() => {
        before.pipeline
          .stop()
          .catch((error: unknown) => logger.warn({ err: error }, 'a plugin did not stop'));
      }, drainMs).unref();
    },
    stop: () => (stopping ??= stop()),
    stopMs: stopDelayMs + drainMs,
  };
}
