import type { IncomingMessage, ServerResponse } from 'node:http';
import { atTurnEnd } from '../event-loop/at-turn-end.js';
import { BaseExchange, type CloseListener } from './base-exchange.js';
import type { HttpExchange } from './exchange.js';
import { readBody } from './read-body.js';
import { endWith } from './write.js';

/** One whose request Node has read, and whose response Node writes. */
class NodeExchange extends BaseExchange {
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  #listeners: CloseListener[] | undefined;

  constructor(request: IncomingMessage, response: ServerResponse, trustedProxies: number) {
    super(request, trustedProxies);
    this.#request = request;
    this.#response = response;
  }

  protected nodeResponse(): ServerResponse {
    return this.#response;
  }

  protected isTooLate(): boolean {
    return this.#response.headersSent || this.#response.destroyed;
  }

  protected sendWhole(status: number, headers: string[], body: string | Buffer): void {
    const response = this.#response;
    const length = Buffer.byteLength(body);
    headers.push('content-length', String(length));
    response.writeHead(status, headers);
    atTurnEnd(() => {
      if (!response.destroyed) endWith(response, body, length);
    });
  }

  readBody(limit: number): Promise<string> {
    return readBody(this.#request, limit);
  }

  incoming(): IncomingMessage {
    return this.#request;
  }

  onClose(listener: CloseListener): void {
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
  return new NodeExchange(request, response, trustedProxies);
}
