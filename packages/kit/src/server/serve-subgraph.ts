import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { AppError } from '../errors/app-error.js';
import { eventsRoute } from '../events/events-route.js';
import { listen } from '../lifecycle/listen.js';
import { once } from '../lifecycle/once.js';
import type { Logger } from '../log/logger.js';
import type { HttpRoute, SubgraphApp } from '../subgraph/app.js';
import { tracedRoute } from './traced-route.js';
import { createGraphqlHttp } from './graphql-http.js';
import { attachGraphqlWs } from './graphql-ws.js';
import { respondError, respondJson } from './respond.js';

/** Where and how a subgraph is served. */
export interface ServeOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Shared with the gateway and the other subgraphs; at least 32 characters. */
  readonly secret: string;
  readonly logger: Logger;
  /** How long requests in flight may take to finish after `stop`, in milliseconds. @default 3000 */
  readonly drainMs?: number;
}

/** A subgraph that listens. */
export interface ServedSubgraph {
  readonly url: string;
  readonly port: number;
  /** Stops accepting, lets requests in flight finish, then stops the app. Safe to call twice. */
  stop(): Promise<void>;
}

const matches = (route: HttpRoute, path: string): boolean =>
  route.path.endsWith('/') ? path.startsWith(route.path) : path === route.path;

/**
 * Puts a subgraph on HTTP: `/graphql` (HTTP and WebSocket), `/health`, `/ready`, `/events` and the subgraph's own
 * routes. Starts the app first, so that it is listening only when it can answer.
 *
 * @example const served = await serveSubgraph(await createApp(deps), { host: '127.0.0.1', port: 4101, secret, logger });
 */
export async function serveSubgraph(app: SubgraphApp, options: ServeOptions): Promise<ServedSubgraph> {
  const { logger } = options;
  const rules = { audience: app.name, secret: options.secret };
  const graphql = await createGraphqlHttp(app, rules, logger);
  const routes: readonly HttpRoute[] = [
    { path: '/graphql', handle: tracedRoute('/graphql', graphql.handle) },
    { path: '/health', handle: (_request, response) => respondJson(response, 200, { status: 'alive' }) },
    { path: '/ready', handle: (_request, response) => answerReady(app, response) },
    ...(app.events ? [eventsRoute(app.events, { ...rules, logger })] : []),
    ...app.routes,
  ];
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? '/', 'http://subgraph').pathname;
    const route = routes.find((candidate) => matches(candidate, path));
    if (!route) throw new AppError('NOT_FOUND', `There is nothing at ${path}. GraphQL is at /graphql.`);
    await route.handle(request, response);
  };
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 60_000 }, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!(error instanceof AppError)) logger.error({ err: error, url: request.url }, 'request failed');
      if (response.headersSent) response.destroy();
      else respondError(response, error);
    });
  });
  const subscriptions = attachGraphqlWs(app, rules, server, logger);
  await app.start();
  const port = await listen(server, options);

  const stop = once(async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    await subscriptions.stop();
    server.closeIdleConnections();
    const forced = setTimeout(() => server.closeAllConnections(), options.drainMs ?? 3000);
    await closed;
    clearTimeout(forced);
    await graphql.stop();
    await app.stop();
  });
  return { url: `http://${options.host}:${port}`, port, stop };
}

async function answerReady(app: SubgraphApp, response: ServerResponse): Promise<void> {
  try {
    await app.checkReady();
    respondJson(response, 200, { status: 'ready' });
  } catch (error) {
    respondJson(response, 503, {
      status: 'not ready',
      reason: error instanceof Error ? error.message : 'unknown',
    });
  }
}
