import { contextFrom, inSpan, traceHeaders, traceIds } from '@souk/kit/telemetry';
import type { OperationCall } from '../../operation/operation-call.js';
import type { GatewayPlugin } from '../../plugin.js';
import { type Around, aroundFetches } from '../../transport/around-fetches.js';

/**
 * OpenTelemetry spans: one for each request of a client (as a part of its own trace, if it sent `traceparent`), one
 * for the operation, one for each fetch, which hands the trace on to the subgraph. Names and attributes follow
 * OpenTelemetry's conventions for HTTP and GraphQL. In the walk only while traces are exported.
 */
export function tracing(): GatewayPlugin {
  return {
    name: 'tracing',
    http({ request, response, path, requestId, log }, next) {
      const method = request.method ?? 'GET';
      const attributes = {
        'http.request.method': method,
        'url.path': path,
        'url.scheme': 'http',
        'souk.request_id': requestId,
      };
      return inSpan(
        path === '/graphql' ? `${method} /graphql` : method,
        { kind: 'server', attributes, parent: contextFrom(request.headers) },
        async (span) => {
          Object.assign(log, traceIds());
          await next();
          span.setAttribute('http.response.status_code', response.statusCode);
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
    transport: (inner) => aroundFetches(inner, tracedFetch(inner.name)),
  };
}

const tracedFetch =
  (subgraph: string): Around =>
  (ask) =>
  (request) =>
    inSpan(
      `POST ${subgraph}`,
      {
        kind: 'client',
        attributes: {
          'http.request.method': 'POST',
          'souk.subgraph': subgraph,
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
