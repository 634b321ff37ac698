import type { HttpRoute } from '@souk/kit/subgraph';
import type { GatewayPlugin } from '../../plugin.js';

/** Passes what subgraphs serve beside GraphQL (`/img/…`, `/.well-known/jwks.json`) through to them. */
export function subgraphRoutes({ routes }: { readonly routes: readonly HttpRoute[] }): GatewayPlugin {
  const matches = (route: HttpRoute, path: string): boolean =>
    route.path.endsWith('/') ? path.startsWith(route.path) : path === route.path;
  return {
    name: 'subgraph-routes',
    http(exchange, next) {
      const route = routes.find((candidate) => matches(candidate, exchange.path));
      if (!route) return next();
      return route.handle(exchange.request, exchange.response);
    },
  };
}
