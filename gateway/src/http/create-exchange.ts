import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpExchange } from './exchange.js';

/** An id a caller may choose: long enough to be unique, short and plain enough for a log line. */
const SANE_REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{7,127}$/;

/**
 * Starts an exchange: gives it an id (the caller's `x-request-id` if that is sane, and always sent back) and takes
 * away headers that only the gateway itself may speak in.
 *
 * @param options.trustedProxies how many proxies in front append to `x-forwarded-for`; 0 ignores the header
 */
export function createExchange(
  request: IncomingMessage,
  response: ServerResponse,
  options: { readonly trustedProxies: number },
): HttpExchange {
  stripIdentityHeaders(request);
  const requestId = requestIdOf(request);
  response.setHeader('x-request-id', requestId);
  const [path = '/', ...search] = (request.url ?? '/').split('?');
  return {
    request,
    response,
    path,
    query: new URLSearchParams(search.join('?')),
    requestId,
    clientAddress: clientAddressOf(request, options.trustedProxies),
    log: {},
  };
}

/** The caller's request id if it is sane, else a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const proposed = request.headers['x-request-id'];
  return typeof proposed === 'string' && SANE_REQUEST_ID.test(proposed) ? proposed : randomUUID();
}

/** Nobody outside may claim an identity: `x-souk-*` is the gateway's own language towards subgraphs. */
export function stripIdentityHeaders(request: IncomingMessage): void {
  for (const name of Object.keys(request.headers)) {
    if (name.startsWith('x-souk-')) delete request.headers[name];
  }
}

/** The address the request came from, seen through a known number of proxies. */
export function clientAddressOf(request: IncomingMessage, trustedProxies: number): string | undefined {
  if (trustedProxies > 0) {
    const hops = String(request.headers['x-forwarded-for'] ?? '')
      .split(',')
      .map((hop) => hop.trim())
      .filter(Boolean);
    const seen = hops.at(-trustedProxies) ?? hops[0];
    if (seen) return seen;
  }
  return request.socket.remoteAddress;
}

/** The value of a header that must appear once. */
export function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
