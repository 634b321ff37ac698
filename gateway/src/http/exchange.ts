import type { IncomingMessage, ServerResponse } from 'node:http';

/** One HTTP request and its response on the way through the gateway. */
export interface HttpExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Decoded no further than the URL parser does: `/img/a%20b`. */
  readonly path: string;
  /** Read at first look. */
  readonly query: URLSearchParams;
  readonly requestId: string;
  readonly clientAddress: string | undefined;
  /** What the access log line will say in addition; plugins add to it. Never tokens. */
  readonly log: Record<string, unknown>;
  /** Told once the response is sent, or its client is gone: `writableFinished` tells which. */
  onClose(listener: () => void): void;
}

/** One step of an exchange: answers, or calls `next` for the rest of the walk. */
export type HttpStep = (exchange: HttpExchange, next: () => void | Promise<void>) => void | Promise<void>;
