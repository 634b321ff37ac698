import type { IncomingMessage } from 'node:http';
import { AppError } from '../errors/app-error.js';

/**
 * Reads a request body as JSON.
 *
 * @param limit in bytes
 * @throws AppError BAD_USER_INPUT if it is larger than the limit or not JSON.
 */
export async function readJsonBody(request: IncomingMessage, limit: number): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit)
      throw new AppError('BAD_USER_INPUT', `The body is larger than ${limit} bytes. Send less.`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch (cause) {
    throw new AppError('BAD_USER_INPUT', 'The body is not valid JSON.', { cause });
  }
}
