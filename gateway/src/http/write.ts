import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import { resultBody, validatorOf } from '../execution/text-result.js';
import type { MaybeLater } from '../plugin.js';
import type { Refusal } from '../operation/refusal.js';
import type { HttpExchange } from './exchange.js';
import { JSON_RESPONSE, type ResponseType } from './media-types.js';

/** What answers may depend on. Always said: a cache between must not give one client's answer to another kind. */
export const VARY = 'accept, accept-encoding, origin';

/** Headers of one answer, in addition to those of all. */
type OwnHeaders = readonly (readonly [name: string, value: string])[];

/** Adds headers to those that are set; one that is there already gets another value. */
export function appendHeaders(response: ServerResponse, headers: OwnHeaders): void {
  for (const [name, value] of headers) response.appendHeader(name, value);
}

/** Makes bodies smaller for one client. */
export interface BodyCompressor {
  /** Its name in `content-encoding`. */
  readonly encoding: string;
  /** Smaller bodies go as they are. */
  readonly minBytes: number;
  /** In place, or later for what would take long. */
  compress(body: Buffer): MaybeLater<Buffer>;
}

const compressors = new WeakMap<ServerResponse, BodyCompressor>();

/** Says that the client of this response takes whole bodies compressed. */
export const compressWith = (response: ServerResponse, compressor: BodyCompressor): void =>
  void compressors.set(response, compressor);

/** Sends a whole body with its length; HEAD gets the headers only. */
export function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string | number>>,
  body: string | Buffer,
): void {
  if (response.headersSent || response.destroyed) return;
  const length = Buffer.byteLength(body);
  const compressor = compressors.get(response);
  if (compressor && length >= compressor.minBytes) {
    sendCompressed(response, status, headers, compressor, body);
    return;
  }
  response.writeHead(status, { ...headers, 'content-length': length });
  if (response.req.method === 'HEAD') response.end();
  else endWith(response, body, length);
}

/**
 * Headers and body in one write: `end(body)` makes a second, empty one, and joins both.
 *
 * @param length of the body, in bytes
 */
export function endWith(response: ServerResponse, body: string | Buffer, length: number): void {
  const { socket } = response;
  if (!socket || typeof body !== 'string') {
    response.end(body);
    return;
  }
  socket.cork();
  response.write(body, cheapestEncoding(body, length));
  socket.uncork();
  response.end();
}

/**
 * As many bytes as characters: plain ASCII, which needs no encoding.
 *
 * @param length of the text in UTF-8, in bytes
 */
export const cheapestEncoding = (text: string, length: number): 'latin1' | 'utf8' =>
  length === text.length ? 'latin1' : 'utf8';

function sendCompressed(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string | number>>,
  { encoding, compress }: BodyCompressor,
  body: string | Buffer,
): void {
  const finish = (bytes: Buffer): void => {
    if (response.headersSent || response.destroyed) return;
    // The same answer in other bytes: it is equal to the one without compression, but not byte for byte.
    const etag = response.getHeader('etag');
    if (typeof etag === 'string' && !etag.startsWith('W/')) response.setHeader('etag', `W/${etag}`);
    response.writeHead(status, { ...headers, 'content-encoding': encoding, 'content-length': bytes.length });
    response.end(bytes);
  };
  const packed = compress(Buffer.isBuffer(body) ? body : Buffer.from(body));
  if (packed instanceof Promise) packed.then(finish, () => response.destroy());
  else finish(packed);
}

export const sendJson = (response: ServerResponse, status: number, body: unknown): void =>
  send(
    response,
    status,
    { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    JSON.stringify(body),
  );

/**
 * A result of an operation that ran: 200, errors are inside. One that may be kept (a `cache-control` is set) gets an
 * entity tag, and a GET for what the client has already is answered 304.
 */
export function sendResult(
  exchange: HttpExchange,
  type: ResponseType,
  { result, headers: own }: { readonly result: ExecutionResult; readonly headers: OwnHeaders },
): void {
  if (!own.some(isCacheControl)) {
    const flat: string[] = [];
    for (const [name, value] of own) flat.push(name, value);
    flat.push('vary', VARY, 'content-type', `${type}; charset=utf-8`, 'cache-control', 'no-store');
    if (exchange.send(200, flat, resultBody(result))) return;
  }
  const { response } = exchange;
  appendHeaders(response, own);
  response.appendHeader('vary', VARY);
  const headers = { 'content-type': `${type}; charset=utf-8` };
  if (!response.hasHeader('cache-control')) {
    return send(response, 200, { ...headers, 'cache-control': 'no-store' }, resultBody(result));
  }
  const validator = validatorOf(result);
  if (validator !== undefined) response.setHeader('etag', validator);
  if (validator !== undefined && response.req.method === 'GET' && has(response.req, validator)) {
    response.writeHead(304).end();
    return;
  }
  send(response, 200, headers, resultBody(result));
}

const isCacheControl = ([name]: OwnHeaders[number]): boolean =>
  name.length === 'cache-control'.length && name.toLowerCase() === 'cache-control';

/** Whether a client says that it has this already. Weak comparison, as for every `If-None-Match`. */
const has = ({ headers }: IncomingMessage, validator: string): boolean => {
  const known = headers['if-none-match']?.trim();
  if (known === undefined) return false;
  return known === '*' || known.split(',').some((tag) => tag.trim().replace(/^W\//, '') === validator);
};

/** The status of a refusal depends on what the client said it understands. */
export const refusalStatus = (refusal: Refusal, type: ResponseType): number =>
  refusal.isGraphqlRequestError && type === JSON_RESPONSE ? 200 : refusal.status;

/** A refusal as a whole answer. */
export function sendRefusal(response: ServerResponse, type: ResponseType, refusal: Refusal): void {
  send(
    response,
    refusalStatus(refusal, type),
    {
      ...refusal.headers,
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'no-store',
      vary: VARY,
    },
    JSON.stringify({ errors: refusal.errors }),
  );
}
