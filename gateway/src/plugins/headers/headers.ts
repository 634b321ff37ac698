import type { IncomingHttpHeaders } from 'node:http';
import type { OperationCall } from '../../operation/operation-call.js';
import { createLruMap } from '../../planning/lru-map.js';
import type { GatewayPlugin } from '../../plugin.js';
import type { FetchRequest } from '../../transport/around-fetches.js';
import { type HeaderEntries, type HeaderLines, headerLines } from '../../transport/header-lines.js';
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
      const addHeaders = compileForSubgraph(options, inner.name);
      if (!addHeaders) return inner;
      const { executeJson } = inner;
      return {
        ...inner,
        execute(request) {
          addHeaders(request);
          return inner.execute(request);
        },
        ...(executeJson
          ? {
              executeJson(request) {
                addHeaders(request);
                return executeJson(request);
              },
            }
          : {}),
        subscribe(request) {
          addHeaders(request);
          return inner.subscribe(request);
        },
      };
    },
  };
}

/** Undefined if no rule is about this subgraph. */
function compileForSubgraph(
  options: HeadersOptions,
  subgraph: string,
): ((request: FetchRequest) => void) | undefined {
  const up = rulesFor(options.request, subgraph);
  const down = rulesFor(options.response, subgraph);
  if (up.length === 0 && down.length === 0) return undefined;
  const sentOf = remember(compileRequestHeaders(up));
  const takeBack = down.length === 0 ? undefined : compileResponseHeaders(down);
  const onHead = takeBack && ((head: string, call: OperationCall) => takeBack(head, call.responseHeaders));
  // In place: a copy of each request would cost more than all the rest of it.
  return (request) => {
    if (!request.call) return;
    request.forwarded = sentOf(request.call);
    if (onHead) request.onHead = onHead;
  };
}

/** Most texts remembered for one subgraph, and the length from which on one is not worth its place. */
const REMEMBERED = 256;
const LONG = 2_048;

/** What is sent follows from {@link OperationCall.forwarded} alone, and clients that say the same are many. */
function remember(
  sentOf: (client: IncomingHttpHeaders) => HeaderEntries,
): (call: OperationCall) => HeaderLines {
  const known = createLruMap<string, HeaderLines>(REMEMBERED);
  return ({ forwarded = '', headers: client }) => {
    const before = known.get(forwarded);
    if (before) return before;
    const sent = headerLines(sentOf(client));
    if (forwarded.length < LONG) known.set(forwarded, sent);
    return sent;
  };
}
