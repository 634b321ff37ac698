import { IncomingMessage, ServerResponse } from 'node:http';
import { atTurnEnd } from '../../event-loop/at-turn-end.js';
import { BaseExchange, type CloseListener } from '../base-exchange.js';
import { bodyText, tooLarge } from '../read-body.js';
import { cheapestEncoding } from '../write.js';
import { answerHead } from './answer-head.js';
import type { PlainRequest } from './plain-request.js';

/** Shorter texts are cheaper to join than to send in two pieces. In characters. */
const SHORT = 16_384;

/** Told of the end of a write. */
type Sent = (error?: Error | null) => void;

/** What a {@link PlainExchange} is told by, and tells. */
export interface PlainExchangeDeps {
  readonly trustedProxies: number;
  /** How long the connection stays open without a request, in milliseconds. */
  readonly keepAliveMs: number;
  /** False from when on each answer has to end its connection. */
  readonly isOpen: () => boolean;
  /** Told once all of the answer is with the system; the connection has to end if nothing may come after it. */
  readonly onSent: (endsConnection: boolean) => void;
}

/**
 * One whose request was read by {@link readPlainRequest}. A whole answer is written straight into the socket; whoever
 * wants a response to write to by himself (refusals, what is compressed, streams) gets Node's.
 */
export class PlainExchange extends BaseExchange {
  readonly #request: PlainRequest;
  readonly #deps: PlainExchangeDeps;
  #response: ServerResponse | undefined;
  #listeners: CloseListener[] = [];
  #isOver = false;

  constructor(request: PlainRequest, deps: PlainExchangeDeps) {
    super(request, deps.trustedProxies);
    this.#request = request;
    this.#deps = deps;
  }

  /** The client has left. */
  abandon(): void {
    // Node tells its response by itself, which tells us.
    this.#end(this.#response?.writableFinished ? this.#response.statusCode : undefined);
  }

  protected nodeResponse(): ServerResponse {
    this.#response ??= this.#makeResponse();
    return this.#response;
  }

  #makeResponse(): ServerResponse {
    const { socket } = this.#request;
    // All that a response looks at is there.
    const response = new ServerResponse(this.#request as unknown as IncomingMessage);
    if (this.answeredWith !== undefined || socket.destroyed) {
      response.destroy();
      return response;
    }
    // What Node's server does with each response of its own.
    Object.assign(response, { _keepAliveTimeout: this.#deps.keepAliveMs });
    if (!this.#deps.isOpen()) response.setHeader('connection', 'close');
    response.assignSocket(socket);
    response.once('finish', () => {
      response.detachSocket(socket);
      response.destroy();
      response.emit('close');
      const { _last: isLast = false } = response as { _last?: boolean };
      this.#end(response.statusCode);
      this.#deps.onSent(isLast);
    });
    return response;
  }

  protected isTooLate(): boolean {
    return this.#request.socket.destroyed;
  }

  protected sendWhole(status: number, headers: string[], body: string | Buffer): void {
    const length = Buffer.byteLength(body);
    headers.push('content-length', String(length));
    const stays = this.#deps.isOpen();
    const head = answerHead(status, headers, stays ? this.#deps.keepAliveMs : undefined);
    const sent: Sent = (error) => {
      if (error) return;
      this.#end(status);
      this.#deps.onSent(!stays);
    };
    atTurnEnd(() => this.#write(head, body, length, sent));
  }

  #write(head: string, body: string | Buffer, length: number, sent: Sent): void {
    const { socket } = this.#request;
    if (socket.destroyed) return;
    if (typeof body === 'string' && body.length < SHORT) {
      socket.write(head + body, cheapestEncoding(body, length), sent);
      return;
    }
    socket.cork();
    socket.write(head, 'latin1');
    if (typeof body === 'string') socket.write(body, cheapestEncoding(body, length), sent);
    else socket.write(body, sent);
    socket.uncork();
  }

  readBody(limit: number): string {
    const { body } = this.#request;
    if (body.length > limit) throw tooLarge(limit);
    return bodyText(body);
  }

  incoming(): IncomingMessage {
    const { method, url, httpVersion, headers, socket, body } = this.#request;
    const incoming = Object.assign(new IncomingMessage(socket), { method, url, httpVersion, headers });
    incoming.push(body);
    incoming.push(null);
    incoming.complete = true;
    return incoming;
  }

  onClose(listener: CloseListener): void {
    this.#listeners.push(listener);
  }

  #end(status: number | undefined): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const told of this.#listeners) told(status);
  }
}
