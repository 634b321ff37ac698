import type { IncomingMessage } from 'node:http';
import { AppError } from '../errors/app-error.js';

/** Thrown for a body above the limit: answered with 413, after which the connection is closed. */
export class BodyTooLarge extends AppError {
  constructor(limit: number) {
    super('BAD_USER_INPUT', `The body is larger than ${limit} bytes. Send less.`);
  }
}

/**
 * How long the rest of a body that is too large is read and thrown away after the answer, in milliseconds: a
 * connection that is cut with bytes unread takes the answer along.
 */
const LINGER_MS = 1_000;

/**
 * Reads a request body as JSON.
 *
 * @param limit in bytes
 * @throws AppError BAD_USER_INPUT if it is not JSON or was cut off, BodyTooLarge as soon as it is known to be above the limit.
 */
export async function readJsonBody(request: IncomingMessage, limit: number): Promise<unknown> {
  const bytes = await readBody(request, limit);
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch (cause) {
    throw new AppError('BAD_USER_INPUT', 'The body is not valid JSON.', { cause });
  }
}

/**
 * Reads a request body as it was sent, for signatures.
 *
 * @param limit in bytes
 * @throws AppError BAD_USER_INPUT if it was cut off, BodyTooLarge as soon as it is known to be above the limit.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let size = 0;
    let lingering: NodeJS.Timeout | undefined;
    const overLimit = (): void => {
      chunks = [];
      lingering = setTimeout(() => request.destroy(), LINGER_MS).unref();
      reject(new BodyTooLarge(limit));
    };
    if (Number(request.headers['content-length'] ?? 0) > limit) overLimit();
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (lingering) return;
      if (size > limit) overLimit();
      else chunks.push(chunk);
    });
    request.on('end', () => {
      clearTimeout(lingering);
      if (!lingering) resolve(Buffer.concat(chunks, size));
    });
    request.on('error', (cause) => {
      clearTimeout(lingering);
      reject(new AppError('BAD_USER_INPUT', 'The body was cut off. Send it again.', { cause }));
    });
  });
}
