import { type AnswerHead, parseHead } from './answer-head.js';
import { type ChunkedBody, createChunkedBody } from './chunked-body.js';
import { UnreadableAnswer } from './unreadable-answer.js';

/** A whole HTTP answer. */
export interface RawAnswer {
  readonly status: number;
  /** Status line and headers as they came, without the empty line. */
  readonly head: string;
  readonly body: string;
  /** False if the connection must not be used again. */
  readonly keepsAlive: boolean;
}

/** Reads answers off one connection, one after the other. */
export interface AnswerReader {
  /** Takes what arrived; the chunk's memory may be used again then. @returns the answer once it is whole @throws UnreadableAnswer */
  feed(chunk: Buffer): RawAnswer | undefined;
  /** The connection ended. @returns the answer if its end was the end of the body @throws UnreadableAnswer */
  end(): RawAnswer | undefined;
  /** True once anything of an answer arrived that is not whole yet. */
  readonly hasBegun: boolean;
  /** Bytes after the answer: the other side speaks unasked. */
  readonly hasRest: boolean;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const MAX_HEAD = 64 * 1024;

/**
 * @param limit largest body, in bytes
 * @example const reader = createAnswerReader(64 * 1024 * 1024); socket.on('data', (chunk) => reader.feed(chunk));
 */
export function createAnswerReader(limit: number): AnswerReader {
  /** What arrived and is not read yet; joined only when something whole can be taken. */
  let chunks: Buffer[] = [];
  let size = 0;
  let head: AnswerHead | undefined;
  let bodyStart = 0;
  let chunked: ChunkedBody | undefined;

  const joined = (): Buffer => {
    const [only] = chunks;
    const all = chunks.length === 1 && only ? only : Buffer.concat(chunks, size);
    chunks = size === 0 ? [] : [all];
    return all;
  };
  const drop = (used: number): void => {
    const rest = joined().subarray(used);
    chunks = rest.length === 0 ? [] : [rest];
    size = rest.length;
  };
  const takeUntil = (end: number): void => {
    drop(end);
    head = undefined;
    chunked = undefined;
    bodyStart = 0;
  };
  const answerOf = ({ status, text, keepsAlive }: AnswerHead, body: string): RawAnswer => ({
    status,
    head: text,
    body,
    keepsAlive,
  });
  const tooLarge = (): UnreadableAnswer => new UnreadableAnswer(`the body has more than ${limit} bytes`);

  const readHead = (): boolean => {
    const bytes = joined();
    const end = bytes.indexOf(HEAD_END);
    if (end < 0) {
      if (size > MAX_HEAD) throw new UnreadableAnswer('the headers have no end');
      return false;
    }
    head = parseHead(bytes.toString('latin1', 0, end));
    bodyStart = end + HEAD_END.length;
    if ((head.length ?? 0) > limit) throw tooLarge();
    // "100 Continue" and its kind announce the answer.
    if (head.status < 200) takeUntil(bodyStart);
    else if (head.isChunked) {
      chunked = createChunkedBody(limit);
      drop(bodyStart);
    }
    return true;
  };

  const take = (): RawAnswer | undefined => {
    while (!head) {
      if (size === 0 || !readHead()) return undefined;
    }
    if (chunked) {
      const { isWhole, used } = chunked.read(joined());
      // What was read is let go, or a long body would be joined again for each piece of it.
      if (!isWhole) return void drop(used);
      const answer = answerOf(head, chunked.text());
      takeUntil(used);
      return answer;
    }
    if (head.length === undefined) {
      if (size - bodyStart > limit) throw tooLarge();
      return undefined;
    }
    const end = bodyStart + head.length;
    if (size < end) return undefined;
    const answer = answerOf(head, joined().toString('utf8', bodyStart, end));
    takeUntil(end);
    return answer;
  };

  /** An answer that came as one chunk, as most do: nothing is kept or copied. */
  const takeWhole = (chunk: Buffer): RawAnswer | undefined => {
    const end = chunk.indexOf(HEAD_END);
    if (end < 0) return undefined;
    const only = parseHead(chunk.toString('latin1', 0, end));
    const start = end + HEAD_END.length;
    if (only.status < 200 || only.length === undefined || chunk.length !== start + only.length)
      return undefined;
    if (only.length > limit) throw tooLarge();
    return answerOf(only, chunk.toString('utf8', start));
  };

  return {
    feed(chunk) {
      const whole = size === 0 && !head ? takeWhole(chunk) : undefined;
      if (whole) return whole;
      chunks.push(Buffer.from(chunk));
      size += chunk.length;
      return take();
    },
    end() {
      if (!head || head.length !== undefined || chunked) return undefined;
      const answer = answerOf(head, joined().toString('utf8', bodyStart, size));
      takeUntil(size);
      return answer;
    },
    get hasBegun() {
      return size > 0 || head !== undefined;
    },
    get hasRest() {
      return size > 0;
    },
  };
}
