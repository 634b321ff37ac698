import type { HttpRoute } from '../subgraph/app.js';
import { isTracing } from '../telemetry/start-telemetry.js';
import { contextFrom, inSpan } from '../telemetry/spans.js';

/** The same route with a server span around each request, as a part of whatever the caller traces. */
export function tracedRoute(path: string, handle: HttpRoute['handle']): HttpRoute['handle'] {
  if (!isTracing()) return handle;
  return (request, response) => {
    const method = request.method ?? 'GET';
    const attributes = {
      'http.request.method': method,
      'http.route': path,
      'url.path': path,
      'souk.request_id': String(request.headers['x-request-id'] ?? ''),
    };
    return inSpan(
      `${method} ${path}`,
      { kind: 'server', attributes, parent: contextFrom(request.headers) },
      async (span) => {
        await handle(request, response);
        span.setAttribute('http.response.status_code', response.statusCode);
      },
    );
  };
}
