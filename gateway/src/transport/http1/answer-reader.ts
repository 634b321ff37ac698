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

interface Head {
  readonly status: number;
  readonly text: string;
  readonly keepsAlive: boolean;
  readonly isChunked: boolean;
  /** Undefined: the body ends with the connection. */
  readonly length: number | undefined;
}

/**
 * @param limit largest body, in bytes
 * @example const reader = createAnswerReader(64 * 1024 * 1024); socket.on('data', (chunk) => reader.feed(chunk));
 */
export function createAnswerReader(limit: number): AnswerReader {
  /** What arrived and is not read yet; joined only when something whole can be taken. */
  let chunks: Buffer[] = [];
  let size = 0;
  let head: Head | undefined;
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
  const answerOf = ({ status, text, keepsAlive }: Head, body: string): RawAnswer => ({
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

function parseHead(text: string): Head {
  const isCurrent = text.charCodeAt(7) === DIGIT_1;
  const status = statusIn(text);
  const framing = framingIn(text);
  const connection = framing.connection?.toLowerCase() ?? '';
  const keepsAlive = isCurrent ? !connection.includes('close') : connection.includes('keep-alive');
  const coding = framing['transfer-encoding']?.toLowerCase();
  if (coding !== undefined && coding !== 'chunked')
    throw new UnreadableAnswer(`the transfer coding "${coding}" was not asked for`);
  const compression = framing['content-encoding']?.toLowerCase();
  if (compression !== undefined && compression !== 'identity')
    throw new UnreadableAnswer(`the content encoding "${compression}" was not asked for`);
  const isChunked = coding !== undefined;
  const hasNoBody = status < 200 || status === 204 || status === 304;
  const length = hasNoBody ? 0 : isChunked ? undefined : lengthOf(framing['content-length']);
  return { status, text, isChunked, length, keepsAlive: keepsAlive && (isChunked || length !== undefined) };
}

const SPACE = 32;
const CARRIAGE_RETURN = 13;
const DIGIT_0 = 48;
const DIGIT_1 = 49;
const DIGIT_9 = 57;

/** The status in `HTTP/1.1 200 OK`, digit by digit: each answer has one. */
function statusIn(head: string): number {
  const minor = head.charCodeAt(7);
  const after = head.charCodeAt(12);
  const begins =
    head.startsWith('HTTP/1.') &&
    (minor === DIGIT_0 || minor === DIGIT_1) &&
    head.charCodeAt(8) === SPACE &&
    (head.length === 12 || after === SPACE || after === CARRIAGE_RETURN);
  const status = begins ? digitsIn(head, 9, 12) : undefined;
  if (status === undefined) throw new UnreadableAnswer('it does not begin like an HTTP/1.1 answer');
  return status;
}

/** The number that digits write, and nothing but digits; undefined for none, or more than can be counted exactly. */
function digitsIn(text: string, start: number, end: number): number | undefined {
  if (start >= end || end - start > 15) return undefined;
  let number = 0;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (!(code >= DIGIT_0 && code <= DIGIT_9)) return undefined;
    number = number * 10 + (code - DIGIT_0);
  }
  return number;
}

/** What says where an answer ends, and in which form it is. */
type Framing = Partial<
  Record<'connection' | 'transfer-encoding' | 'content-encoding' | 'content-length', string>
>;

const LETTER_C = 99;
const LETTER_T = 116;
/** Of the four names. */
const SHORTEST = 'connection'.length;
const LONGEST = 'transfer-encoding'.length;

/** One pass for all of them: other headers are told apart by their first letter and the length of their name. */
function framingIn(head: string): Framing {
  const found: Framing = {};
  for (let line = head.indexOf('\r\n'); line >= 0; line = head.indexOf('\r\n', line + 2)) {
    const start = line + 2;
    // Lower case, for letters.
    const letter = head.charCodeAt(start) | 32;
    if (letter !== LETTER_C && letter !== LETTER_T) continue;
    const colon = head.indexOf(':', start);
    const length = colon - start;
    if (length < SHORTEST || length > LONGEST || length === 'content-type'.length) continue;
    const name = head.slice(start, colon).toLowerCase();
    if (
      name !== 'content-length' &&
      name !== 'connection' &&
      name !== 'transfer-encoding' &&
      name !== 'content-encoding'
    )
      continue;
    const end = head.indexOf('\r\n', colon);
    const value = head.slice(colon + 1, end < 0 ? head.length : end).trim();
    const before = found[name];
    found[name] = before === undefined ? value : `${before}, ${value}`;
  }
  return found;
}

function lengthOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const length = digitsIn(given, 0, given.length) ?? repeatedLength(given);
  if (length === undefined) throw new UnreadableAnswer(`the content length "${given}" is not one`);
  return length;
}

/** The same length twice is one length; anything else is a trick. */
function repeatedLength(given: string): number | undefined {
  const [first = '', ...others] = given.split(',').map((part) => part.trim());
  return others.every((other) => other === first) ? digitsIn(first, 0, first.length) : undefined;
}

const PATTERNS = new Map<string, RegExp>();

/** All values of a header, joined by commas; undefined without one. @param name in lower case */
export function headerIn(head: string, name: string): string | undefined {
  const pattern = PATTERNS.get(name) ?? new RegExp(`\\r\\n${name}:[ \\t]*([^\\r\\n]*)`, 'gi');
  PATTERNS.set(name, pattern);
  pattern.lastIndex = 0;
  let values: string | undefined;
  for (let match = pattern.exec(head); match; match = pattern.exec(head)) {
    const value = (match[1] ?? '').trim();
    values = values === undefined ? value : `${values}, ${value}`;
  }
  return values;
}
