import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MaybeLater } from '../plugin.js';
import { clientAddressOf, requestIdOf, stripIdentityHeaders } from './client-claims.js';
import type { HttpExchange, HttpRequest } from './exchange.js';

/** What is told of the end of an exchange. */
export type CloseListener = (status: number | undefined) => void;

/**
 * What exchanges have in common, wherever their request was read and their answer is written. A class, so that what
 * most requests never look at is made only when somebody does.
 */
export abstract class BaseExchange implements HttpExchange {
  readonly request: HttpRequest;
  readonly requestId: string;
  readonly clientAddress: string | undefined;
  readonly path: string;
  readonly log: Record<string, unknown> = {};
  readonly #search: string;
  #query: URLSearchParams | undefined;
  /** Headers that are not set yet: to set one by one costs more than to send all at once. Undefined once they are. */
  #waiting: string[] | undefined;
  answeredWith: number | undefined;

  /** @param trustedProxies how many proxies in front append to `x-forwarded-for`; 0 ignores the header */
  constructor(request: HttpRequest, trustedProxies: number) {
    // Nobody outside may claim an identity.
    stripIdentityHeaders(request);
    this.request = request;
    this.requestId = requestIdOf(request);
    this.#waiting = ['x-request-id', this.requestId];
    this.clientAddress = clientAddressOf(request, trustedProxies);
    const { url = '/' } = request;
    const mark = url.indexOf('?');
    this.path = mark < 0 ? url : url.slice(0, mark);
    this.#search = mark < 0 ? '' : url.slice(mark + 1);
  }

  /** Node's response; it is the same one each time. */
  protected abstract nodeResponse(): ServerResponse;
  /** True if an answer can no longer be sent. */
  protected abstract isTooLate(): boolean;
  /** Sends a whole answer. Throws, and has done nothing, for a value that is no header's. */
  protected abstract sendWhole(status: number, headers: string[], body: string | Buffer): void;
  abstract readBody(limit: number): MaybeLater<string>;
  abstract incoming(): IncomingMessage;
  abstract onClose(listener: CloseListener): void;

  get query(): URLSearchParams {
    this.#query ??= new URLSearchParams(this.#search);
    return this.#query;
  }

  get response(): ServerResponse {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    const response = this.nodeResponse();
    if (waiting && !response.headersSent) setAll(response, waiting);
    return response;
  }

  addHeaders(headers: readonly string[]): void {
    if (this.#waiting) this.#waiting.push(...headers);
    else setAll(this.nodeResponse(), headers);
  }

  send(status: number, headers: readonly string[], body: string | Buffer): boolean {
    const waiting = this.#waiting;
    if (!waiting) return false;
    if (this.isTooLate()) return true;
    this.sendWhole(status, [...waiting, ...headers], body);
    this.#waiting = undefined;
    this.answeredWith = status;
    return true;
  }
}

function setAll(response: ServerResponse, headers: readonly string[]): void {
  for (let at = 0; at < headers.length; at += 2) response.setHeader(headers[at] ?? '', headers[at + 1] ?? '');
}
