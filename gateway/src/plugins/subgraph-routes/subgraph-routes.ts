import { AppError } from '@souk/kit/errors';
import { type HttpRoute, respondError } from '@souk/kit/subgraph';
import type { HttpExchange } from '../../http/exchange.js';
import type { GatewayPlugin } from '../../plugin.js';

/** Passes what subgraphs serve beside GraphQL (`/img/…`, `/.well-known/jwks.json`) through to them. */
export function subgraphRoutes({ routes }: { readonly routes: readonly HttpRoute[] }): GatewayPlugin {
  const matches = (route: HttpRoute, path: string): boolean =>
    route.path.endsWith('/') ? path.startsWith(route.path) : path === route.path;
  return {
    name: 'subgraph-routes',
    http(exchange, next) {
      const route = routes.find((candidate) => matches(candidate, exchange.path));
      return route ? answerBy(route, exchange) : next();
    },
  };
}

/** What was wrong with the request is told in the same way as where the subgraph is served by itself. */
async function answerBy(route: HttpRoute, exchange: HttpExchange): Promise<void> {
  const { response } = exchange;
  try {
    await route.handle(exchange.incoming(), response);
  } catch (error) {
    if (!(error instanceof AppError) || response.headersSent) throw error;
    respondError(response, error);
  }
}
