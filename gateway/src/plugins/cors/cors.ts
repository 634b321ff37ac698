import { isAllowedOrigin } from '../../http/same-origin.js';
import type { GatewayPlugin } from '../../plugin.js';

export interface CorsOptions {
  /** Other origins whose pages may call the gateway, exactly as browsers name them; `*` allows all. @default [] */
  readonly origins?: readonly string[];
  /**
   * Lets pages of the listed origins send cookies. Only for an identity that is kept in one, and not together with `*`,
   * which would let every page act for its visitor.
   * @default false
   */
  readonly credentials?: boolean;
  /** Headers that pages may send besides the gateway's own. @default [] */
  readonly allowHeaders?: readonly string[];
  /** Headers that pages may read besides the gateway's own. @default [] */
  readonly exposeHeaders?: readonly string[];
  /** How long a browser need not ask again, in seconds; browsers have ceilings of their own. @default 7200 */
  readonly maxAgeSeconds?: number;
}

const ALLOWED = [
  'accept',
  'apollo-require-preflight',
  'apollographql-client-name',
  'apollographql-client-version',
  'authorization',
  'content-type',
  'graphql-client-name',
  'graphql-client-version',
  'idempotency-key',
  'if-none-match',
  'traceparent',
  'tracestate',
  'x-cart-token',
  'x-graphql-cost',
  'x-request-id',
  'x-requested-with',
];

const EXPOSED = [
  'age',
  'etag',
  'idempotent-replayed',
  'ratelimit',
  'ratelimit-limit',
  'ratelimit-policy',
  'ratelimit-remaining',
  'ratelimit-reset',
  'retry-after',
  'x-cart-token',
  'x-request-id',
];

/** Lets pages of our own origin and of the listed ones call the gateway, and tells all others nothing. */
export function cors(options: CorsOptions): GatewayPlugin {
  const {
    origins = [],
    credentials = false,
    allowHeaders = [],
    exposeHeaders = [],
    maxAgeSeconds = 7_200,
  } = options;
  const allowed = [...ALLOWED, ...allowHeaders].join(', ');
  const exposed = [...EXPOSED, ...exposeHeaders].join(', ');
  return {
    name: 'cors',
    http(exchange, next) {
      const { request } = exchange;
      const { origin } = request.headers;
      if (origin === undefined) return next();
      const { response } = exchange;
      response.setHeader('vary', 'origin');
      const isAllowed = isAllowedOrigin(request, origins);
      if (isAllowed) {
        response.setHeader('access-control-allow-origin', origin);
        if (credentials) response.setHeader('access-control-allow-credentials', 'true');
      }
      const isPreflight =
        request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
      if (!isPreflight) {
        if (isAllowed) response.setHeader('access-control-expose-headers', exposed);
        return next();
      }
      if (isAllowed) {
        response.setHeader('access-control-allow-methods', 'GET, POST');
        response.setHeader('access-control-allow-headers', allowed);
        response.setHeader('access-control-max-age', String(maxAgeSeconds));
      }
      response.writeHead(204).end();
      return undefined;
    },
  };
}
