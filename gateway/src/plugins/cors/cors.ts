import { isAllowedOrigin } from '../../http/same-origin.js';
import type { GatewayPlugin } from '../../plugin.js';

const ALLOWED_HEADERS = [
  'accept',
  'apollo-require-preflight',
  'apollographql-client-name',
  'apollographql-client-version',
  'authorization',
  'content-type',
  'graphql-client-name',
  'graphql-client-version',
  'idempotency-key',
  'x-cart-token',
  'x-graphql-cost',
  'x-request-id',
  'x-requested-with',
].join(', ');

export interface CorsOptions {
  /** Other origins whose pages may call the gateway; `*` allows all. @default [] */
  readonly origins?: readonly string[];
}

/**
 * Lets pages of our own origin and of the listed ones call the gateway. Credentials are headers, never cookies, so
 * `access-control-allow-credentials` is not needed.
 */
export function cors({ origins = [] }: CorsOptions): GatewayPlugin {
  return {
    name: 'cors',
    http({ request, response }, next) {
      const { origin } = request.headers;
      if (origin === undefined) return next();
      response.appendHeader('vary', 'origin');
      const allowed = isAllowedOrigin(request, origins);
      if (allowed) {
        response.setHeader('access-control-allow-origin', origin);
        response.setHeader('access-control-expose-headers', 'x-request-id, x-cart-token, retry-after');
      }
      const isPreflight =
        request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
      if (!isPreflight) return next();
      if (allowed) {
        response.setHeader('access-control-allow-methods', 'GET, POST');
        response.setHeader('access-control-allow-headers', ALLOWED_HEADERS);
        response.setHeader('access-control-max-age', '7200');
      }
      response.writeHead(204).end();
    },
  };
}
