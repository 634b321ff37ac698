import { UnreadableAnswer } from './unreadable-answer.js';

/** The body of an answer that comes in chunks. */
export interface ChunkedBody {
  /**
   * Takes as much as it can of what arrived.
   * @returns whether the body is whole now, and how many bytes it took
   * @throws UnreadableAnswer
   */
  read(bytes: Buffer): { readonly isWhole: boolean; readonly used: number };
  text(): string;
}

const LINE_END = Buffer.from('\r\n');
/** Longer lines than this have no business between chunks. */
const MAX_LINE = 16_384;

/** @param limit largest body, in bytes */
export function createChunkedBody(limit: number): ChunkedBody {
  const parts: Buffer[] = [];
  let total = 0;
  /** What is missing of the chunk that is being read, with its line end. */
  let missing = 0;
  let isInTrailers = false;

  const openChunk = (length: number): void => {
    total += length;
    if (total > limit) throw new UnreadableAnswer(`the body has more than ${limit} bytes`);
    if (length === 0) isInTrailers = true;
    else missing = length + LINE_END.length;
  };

  return {
    read(bytes) {
      let at = 0;
      while (at < bytes.length) {
        if (missing > 0) {
          const end = Math.min(at + missing, bytes.length);
          const data = Math.min(end, at + Math.max(0, missing - LINE_END.length));
          if (data > at) parts.push(bytes.subarray(at, data));
          missing -= end - at;
          at = end;
          continue;
        }
        const end = bytes.indexOf(LINE_END, at);
        if (end < 0) {
          if (bytes.length - at > MAX_LINE) throw new UnreadableAnswer('a line between chunks has no end');
          break;
        }
        const line = bytes.toString('latin1', at, end);
        at = end + LINE_END.length;
        if (!isInTrailers) openChunk(lengthOf(line));
        else if (line === '') return { isWhole: true, used: at };
      }
      return { isWhole: false, used: at };
    },
    text: () => Buffer.concat(parts, total).toString(),
  };
}

function lengthOf(line: string): number {
  const digits = /^([0-9a-f]{1,8})[ \t]*(?:;.*)?$/i.exec(line)?.[1];
  if (digits === undefined) throw new UnreadableAnswer('a chunk has no length');
  return Number.parseInt(digits, 16);
}
