import type { GatewayPlugin } from '../../plugin.js';
import type { FetchRequest } from '../../transport/around-fetches.js';
import { type HeadersOptions, rulesFor } from './headers-options.js';
import { compileForwarded, compileRequestHeaders } from './request-headers.js';
import { compileResponseHeaders } from './response-headers.js';

/**
 * Headers that pass through the gateway, by rules: a client's to subgraphs, subgraphs' to the client. Without a rule
 * nothing passes. Rules are for subgraphs that are reached over HTTP; one in this process has no headers and is told
 * what counts by its `RequestContext`.
 *
 * Whatever keeps or shares answers must keep clients apart whose headers differ: `call.forwarded` is part of its key.
 */
export function headers(options: HeadersOptions): GatewayPlugin {
  const forwarded = compileForwarded(options.request ?? []);
  return {
    name: 'headers',
    ...(forwarded
      ? {
          operation(call, next) {
            call.forwarded = forwarded.textOf(call.headers);
            // Caches between the client and us keep apart what subgraphs may tell apart.
            call.responseHeaders.push(['vary', forwarded.names]);
            return next();
          },
        }
      : {}),
    transport(inner) {
      const withHeaders = compileForSubgraph(options, inner.name);
      if (!withHeaders) return inner;
      const { executeJson } = inner;
      return {
        ...inner,
        execute: (request) => inner.execute(withHeaders(request)),
        ...(executeJson ? { executeJson: (request) => executeJson(withHeaders(request)) } : {}),
        subscribe: (request) => inner.subscribe(withHeaders(request)),
      };
    },
  };
}

/** Undefined if no rule is about this subgraph. */
function compileForSubgraph(
  options: HeadersOptions,
  subgraph: string,
): (<Request extends FetchRequest>(request: Request) => Request) | undefined {
  const up = rulesFor(options.request, subgraph);
  const down = rulesFor(options.response, subgraph);
  if (up.length === 0 && down.length === 0) return undefined;
  const sentOf = compileRequestHeaders(up);
  const takeBack = down.length === 0 ? undefined : compileResponseHeaders(down);
  return (request) => {
    const { call, headers: before = [] } = request;
    if (!call) return request;
    const sent = [...sentOf(call.headers)].filter(([name]) => !before.some(([taken]) => taken === name));
    return {
      ...request,
      headers: [...before, ...sent],
      ...(takeBack ? { onHead: (head: string) => takeBack(head, call.responseHeaders) } : {}),
    };
  };
}
