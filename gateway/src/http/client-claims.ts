import { randomUUID } from 'node:crypto';
import type { HttpRequest } from './exchange.js';

/** An id a caller may choose: long enough to be unique, short and plain enough for a log line. */
const SANE_REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{7,127}$/;

/** The caller's request id if it is sane, else a new one. */
export function requestIdOf(request: HttpRequest): string {
  const proposed = request.headers['x-request-id'];
  return typeof proposed === 'string' && SANE_REQUEST_ID.test(proposed) ? proposed : randomUUID();
}

/** Nobody outside may claim an identity: `x-souk-*` is the gateway's own language towards subgraphs. */
export function stripIdentityHeaders(request: HttpRequest): void {
  const { headers } = request;
  for (const name in headers) if (name.startsWith('x-souk-')) delete headers[name];
}

/** The address the request came from, seen through a known number of proxies. */
export function clientAddressOf(request: HttpRequest, trustedProxies: number): string | undefined {
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
export function headerOf(request: HttpRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
