import { contextFrom, failSpan, inSpan, traceHeaders, traceIds } from '@souk/kit/telemetry';
import type { OperationCall } from '../../operation/operation-call.js';
import type { GatewayPlugin } from '../../plugin.js';
import { type Around, aroundFetches } from '../../transport/around-fetches.js';
import type { SubgraphTransport } from '../../transport/subgraph-transport.js';

/**
 * OpenTelemetry spans: one for each request of a client (as a part of its own trace, if it sent `traceparent`), one
 * for the operation, one for each fetch, which hands the trace on to the subgraph. Names and attributes follow
 * OpenTelemetry's conventions for HTTP and GraphQL. In the walk only while traces are exported.
 */
export function tracing(): GatewayPlugin {
  return {
    name: 'tracing',
    http(exchange, next) {
      const { request, path, requestId, log } = exchange;
      const method = request.method ?? 'GET';
      const attributes = {
        'http.request.method': method,
        'url.path': path,
        'url.scheme': 'http',
        'souk.request_id': requestId,
        ...(path === GRAPHQL ? { 'http.route': GRAPHQL } : {}),
      };
      return inSpan(
        path === GRAPHQL ? `${method} ${GRAPHQL}` : method,
        { kind: 'server', attributes, parent: contextFrom(request.headers) },
        async (span) => {
          Object.assign(log, traceIds());
          await next();
          const statusCode = exchange.answeredWith ?? exchange.response.statusCode;
          span.setAttribute('http.response.status_code', statusCode);
          if (statusCode < 500) return;
          failSpan(span, undefined);
          span.setAttribute('error.type', String(statusCode));
        },
      );
    },
    operation: (call, next) =>
      inSpan('GraphQL Operation', {}, async (span) => {
        try {
          return await next();
        } finally {
          span.updateName(nameOf(call));
          span.setAttributes(attributesOf(call));
        }
      }),
    transport: (inner) => aroundFetches(inner, tracedFetch(inner)),
  };
}

const GRAPHQL = '/graphql';

function tracedFetch({ name, url }: SubgraphTransport): Around {
  const known = { 'http.request.method': 'POST', 'souk.subgraph': name, ...addressOf(url) };
  return (ask) => (request) =>
    inSpan(
      `POST ${name}`,
      {
        kind: 'client',
        attributes: {
          ...known,
          'graphql.operation.type': request.fetch?.kind ?? 'query',
          'souk.fetch.path': request.fetch?.path.join('.') ?? '',
        },
      },
      async (span) => {
        const answer = await ask({ ...request, headers: [...(request.headers ?? []), ...traceHeaders()] });
        if (answer.errors?.length) span.setAttribute('souk.fetch.errors', answer.errors.length);
        return answer;
      },
    );
}

/** What OpenTelemetry wants to know of a request's address; nothing for a subgraph in this process. */
function addressOf(url: string | undefined): Readonly<Record<string, string | number>> {
  if (url === undefined) return {};
  const full = new URL(url);
  full.username = '';
  full.password = '';
  const usual = full.protocol === 'https:' ? 443 : 80;
  return {
    'server.address': full.hostname,
    'server.port': full.port === '' ? usual : Number(full.port),
    'url.full': full.href,
  };
}

const nameOf = ({ operation }: OperationCall): string =>
  operation ? [operation.kind, operation.name].filter(Boolean).join(' ') : 'GraphQL Operation';

function attributesOf({ operation, client, via }: OperationCall): Record<string, string> {
  return {
    'souk.transport': via,
    ...(operation ? { 'graphql.operation.type': operation.kind } : {}),
    ...(operation?.name === undefined ? {} : { 'graphql.operation.name': operation.name }),
    ...(client.name === undefined ? {} : { 'souk.client.name': client.name }),
    ...(client.version === undefined ? {} : { 'souk.client.version': client.version }),
  };
}
