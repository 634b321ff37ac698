import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { type Refusal, refuse } from '../operation/refusal.js';

/**
 * How long the rest of a body that is too large is read and thrown away after the answer, in milliseconds: a
 * connection that is cut with bytes unread takes the answer along, before the client has seen it.
 */
const LINGER_MS = 1_000;

/**
 * Reads a body up to a limit, whether its length was declared or it comes in chunks.
 *
 * @param limit in bytes
 * @throws Refusal 413 beyond the limit, 400 if it is cut off or is not UTF-8.
 */
export const readBody = async (request: IncomingMessage, limit: number): Promise<string> =>
  bodyText(await readBytes(request, limit));

function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let first: Buffer | undefined;
    let more: Buffer[] | undefined;
    let size = 0;
    let lingering: NodeJS.Timeout | undefined;
    const overLimit = (): void => {
      first = undefined;
      more = undefined;
      lingering = setTimeout(() => request.destroy(), LINGER_MS).unref();
      reject(tooLarge(limit));
    };
    if (Number(request.headers['content-length'] ?? 0) > limit) overLimit();
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (lingering) return;
      if (size > limit) overLimit();
      else if (first) (more ??= [first]).push(chunk);
      else first = chunk;
    });
    request.on('end', () => {
      clearTimeout(lingering);
      if (lingering) return;
      resolve(more ? Buffer.concat(more, size) : (first ?? NOTHING));
    });
    // A request that is cut off ends with an error.
    request.on('error', () => {
      clearTimeout(lingering);
      reject(refuse('BAD_USER_INPUT', 'The body was cut off. Send it again.'));
    });
  });
}

const NOTHING = Buffer.alloc(0);

/**
 * The text of a body.
 *
 * @throws Refusal 400 if it is not UTF-8
 */
export function bodyText(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw refuse('BAD_USER_INPUT', 'The body is not valid UTF-8. Encode it as UTF-8.');
  return withoutMark(bytes.toString());
}

/** Some editors put a byte order mark before the text. */
const withoutMark = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);

export const tooLarge = (limit: number): Refusal =>
  refuse('BAD_USER_INPUT', `The body is larger than ${limit} bytes. Send less at once.`, {
    status: 413,
  });
