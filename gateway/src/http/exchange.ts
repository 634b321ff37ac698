import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MaybeLater } from '../plugin.js';

/** What is looked at of a request; its body is read by the exchange. */
export type HttpRequest = Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'socket'>;

/** One HTTP request and its response on the way through the gateway. */
export interface HttpExchange {
  readonly request: HttpRequest;
  /** With all headers that were added so far. Who only answers most exchanges need not look at it: see `send`. */
  readonly response: ServerResponse;
  /** Decoded no further than the URL parser does: `/img/a%20b`. */
  readonly path: string;
  /** Read at first look. */
  readonly query: URLSearchParams;
  readonly requestId: string;
  readonly clientAddress: string | undefined;
  /** What the access log line will say in addition; plugins add to it. Never tokens. */
  readonly log: Record<string, unknown>;
  /** Adds headers to whatever the answer will be: name, value, name, value ... Who sets one of these itself replaces it. */
  addHeaders(headers: readonly string[]): void;
  /**
   * Sends a whole answer with the headers that were added and these (name, value, name, value ...), in one piece and
   * at the least cost: at the end of this turn of the event loop, with all others. Not for HEAD.
   *
   * @returns false, and does nothing, if somebody has set headers on the response itself: then it is to be used
   */
  send(status: number, headers: readonly string[], body: string | Buffer): boolean;
  /** The status that `send` was given: nobody need look at the response any more. */
  readonly answeredWith: number | undefined;
  /**
   * Reads the whole body. Once.
   *
   * @param limit in bytes
   * @throws Refusal 413 beyond the limit, 400 if it is cut off or is not UTF-8
   */
  readBody(limit: number): MaybeLater<string>;
  /** The request as Node's, for those who pass it on. In place of `readBody`. */
  incoming(): IncomingMessage;
  /** Told once the response is sent, with its status, or its client is gone, without one. */
  onClose(listener: (status: number | undefined) => void): void;
}

/** One step of an exchange: answers, or calls `next` for the rest of the walk. */
export type HttpStep = (exchange: HttpExchange, next: () => void | Promise<void>) => void | Promise<void>;
