import type { IncomingMessage } from 'node:http';
import { refuse } from '../operation/refusal.js';

/** How long the rest of a body that is too large is read and thrown away, so that the client can read the answer. */
const LINGER_MS = 500;

/**
 * Reads a body up to a limit, whether its length was declared or it comes in chunks.
 *
 * @param limit in bytes
 * @throws Refusal 413 beyond the limit, 400 if it is cut off or is not UTF-8.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<string> {
  const bytes = await collect(request, limit);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refuse('BAD_USER_INPUT', 'The body is not valid UTF-8. Encode it as UTF-8.');
  }
}

function collect(request: IncomingMessage, limit: number): Promise<Buffer> {
  const tooLarge = () =>
    refuse('BAD_USER_INPUT', `The body is larger than ${limit} bytes. Send less at once.`, {
      status: 413,
      headers: { connection: 'close' },
    });
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let lingering: NodeJS.Timeout | undefined;
    const overLimit = (): void => {
      chunks.length = 0;
      lingering ??= setTimeout(() => reject(tooLarge()), LINGER_MS);
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
      if (lingering) reject(tooLarge());
      else resolve(Buffer.concat(chunks));
    });
    request.on('close', () => {
      clearTimeout(lingering);
      if (!request.complete) reject(refuse('BAD_USER_INPUT', 'The body was cut off. Send it again.'));
    });
    request.on('error', reject);
  });
}
