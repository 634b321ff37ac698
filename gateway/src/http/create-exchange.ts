import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { atTurnEnd } from '../event-loop/at-turn-end.js';
import type { HttpExchange } from './exchange.js';
import { endWith } from './write.js';

/** An id a caller may choose: long enough to be unique, short and plain enough for a log line. */
const SANE_REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{7,127}$/;

/** A class, so that what most requests never look at is made only when somebody does. */
class Exchange implements HttpExchange {
  readonly request: IncomingMessage;
  readonly requestId: string;
  readonly clientAddress: string | undefined;
  readonly path: string;
  readonly log: Record<string, unknown> = {};
  readonly #search: string;
  #query: URLSearchParams | undefined;
  readonly #response: ServerResponse;
  /** Headers that are not set yet: to set one by one costs more than to send all at once. Undefined once they are. */
  #waiting: string[] | undefined;
  #listeners: ((status: number | undefined) => void)[] | undefined;

  constructor(request: IncomingMessage, response: ServerResponse, trustedProxies: number) {
    this.request = request;
    this.#response = response;
    this.requestId = requestIdOf(request);
    this.#waiting = ['x-request-id', this.requestId];
    this.clientAddress = clientAddressOf(request, trustedProxies);
    const { url = '/' } = request;
    const mark = url.indexOf('?');
    this.path = mark < 0 ? url : url.slice(0, mark);
    this.#search = mark < 0 ? '' : url.slice(mark + 1);
  }

  get query(): URLSearchParams {
    this.#query ??= new URLSearchParams(this.#search);
    return this.#query;
  }

  get response(): ServerResponse {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting && !this.#response.headersSent) this.#set(waiting);
    return this.#response;
  }

  addHeaders(headers: readonly string[]): void {
    if (this.#waiting) this.#waiting.push(...headers);
    else this.#set(headers);
  }

  #set(headers: readonly string[]): void {
    for (let at = 0; at < headers.length; at += 2)
      this.#response.setHeader(headers[at] ?? '', headers[at + 1] ?? '');
  }

  send(status: number, headers: readonly string[], body: string | Buffer): boolean {
    const response = this.#response;
    const waiting = this.#waiting;
    if (!waiting) return false;
    if (response.headersSent || response.destroyed) return true;
    const length = Buffer.byteLength(body);
    // Throws for a value that is no header's; then they still wait for the answer that says so.
    response.writeHead(status, [...waiting, ...headers, 'content-length', String(length)]);
    this.#waiting = undefined;
    atTurnEnd(() => {
      if (!response.destroyed) endWith(response, body, length);
    });
    return true;
  }

  onClose(listener: (status: number | undefined) => void): void {
    if (this.#listeners) {
      this.#listeners.push(listener);
      return;
    }
    const listeners = [listener];
    this.#listeners = listeners;
    const response = this.#response;
    response.on('close', () => {
      const status = response.writableFinished ? response.statusCode : undefined;
      for (const told of listeners) told(status);
    });
  }
}

/**
 * Starts an exchange: gives it an id (the caller's `x-request-id` if that is sane, and always sent back) and takes
 * away headers that only the gateway itself may speak in.
 *
 * @param options.trustedProxies how many proxies in front append to `x-forwarded-for`; 0 ignores the header
 */
export function createExchange(
  request: IncomingMessage,
  response: ServerResponse,
  { trustedProxies }: { readonly trustedProxies: number },
): HttpExchange {
  stripIdentityHeaders(request);
  return new Exchange(request, response, trustedProxies);
}

/** The caller's request id if it is sane, else a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const proposed = request.headers['x-request-id'];
  return typeof proposed === 'string' && SANE_REQUEST_ID.test(proposed) ? proposed : randomUUID();
}

/** Nobody outside may claim an identity: `x-souk-*` is the gateway's own language towards subgraphs. */
export function stripIdentityHeaders(request: IncomingMessage): void {
  const { headers } = request;
  for (const name in headers) if (name.startsWith('x-souk-')) delete headers[name];
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
