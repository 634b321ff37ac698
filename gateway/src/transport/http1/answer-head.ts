import { UnreadableAnswer } from './unreadable-answer.js';

/** What the head of an answer says of it. */
export interface AnswerHead {
  readonly status: number;
  readonly text: string;
  readonly keepsAlive: boolean;
  readonly isChunked: boolean;
  /** Undefined: the body ends with the connection. */
  readonly length: number | undefined;
}

/** Reads status line and headers, without the empty line. @throws UnreadableAnswer */
export function parseHead(text: string): AnswerHead {
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
