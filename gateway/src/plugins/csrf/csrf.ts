import { refuse } from '../../operation/refusal.js';
import { sendRefusal } from '../../http/write.js';
import { JSON_RESPONSE, parseMediaType } from '../../http/media-types.js';
import { isPreflighted } from '../../http/preflighted.js';
import type { GatewayPlugin } from '../../plugin.js';

/** Parameters of a GET that make something run: a document, or the name of one that is known. */
const RUNS = ['query', 'extensions', 'documentId'];

const NAMES_JSON = new Set(['application/json', 'application/graphql-response+json']);

/**
 * Keeps other sites from making a visitor's browser run queries with a plain form or image: a GET must carry a header
 * that needs a preflight, or ask for JSON by name. A POST needs `content-type: application/json`, which graphql-http
 * demands anyway.
 */
export function csrf({ path }: { readonly path: string }): GatewayPlugin {
  return {
    name: 'csrf',
    http(exchange, next) {
      const { headers, method } = exchange.request;
      const suspicious =
        exchange.path === path && method === 'GET' && RUNS.some((name) => exchange.query.has(name));
      if (!suspicious) return next();
      const asksForJson = (headers.accept ?? '')
        .split(',')
        .some((range) => NAMES_JSON.has(parseMediaType(range).type));
      if (asksForJson || isPreflighted(headers)) return next();
      sendRefusal(
        exchange.response,
        JSON_RESPONSE,
        refuse(
          'FORBIDDEN',
          'Send "apollo-require-preflight: true" or "accept: application/json" with GET requests.',
        ),
      );
    },
  };
}
