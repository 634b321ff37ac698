import type { ServerResponse } from 'node:http';
import { AppError, statusOf } from '../errors/app-error.js';
import { BodyTooLarge } from './read-body.js';

/** Sends JSON with a length, so that keep-alive connections stay usable. */
export function respondJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
}

/** Sends a failure the way GraphQL clients read it; anything but an AppError is reported as INTERNAL without its message. */
export function respondError(response: ServerResponse, error: unknown): void {
  const known =
    error instanceof AppError ? error : new AppError('INTERNAL', 'Something went wrong on our side.');
  const isTooLarge = known instanceof BodyTooLarge;
  // What is still coming of the body would be taken for the next request.
  if (isTooLarge) response.setHeader('connection', 'close');
  respondJson(response, isTooLarge ? 413 : statusOf(known.code), {
    errors: [{ message: known.message, extensions: { code: known.code, retryable: known.retryable } }],
  });
}
