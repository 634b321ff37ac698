import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnswerReader, type RawAnswer } from './answer-reader.js';

const LIMIT = 1_000;
const bytes = (...lines: string[]): Buffer => Buffer.from(lines.join('\r\n'));

/** Reads what arrives in these pieces, each in the same memory, then the end of the connection. */
function read(...pieces: readonly Buffer[]): RawAnswer | undefined {
  const reader = createAnswerReader(LIMIT);
  const memory = Buffer.alloc(100_000);
  for (const piece of pieces) {
    piece.copy(memory);
    const answer = reader.feed(memory.subarray(0, piece.length));
    memory.fill(0);
    if (answer) return answer;
  }
  return reader.end();
}

const WHOLE = bytes('HTTP/1.1 200 OK', 'Content-Length: 5', 'X-A: 1', '', 'hälo');
const CHUNKED = bytes(
  'HTTP/1.1 200 OK',
  'transfer-encoding: chunked',
  '',
  '3;note=x',
  'h\u00e4',
  'A',
  'llo, wörl',
  '0',
  'trailer: 1',
  '',
  '',
);
const UNTIL_END = bytes('HTTP/1.0 200 OK', '', 'hello');

describe('reading an answer', () => {
  it('takes bodies with a length, in chunks, and up to the end of the connection', () => {
    expect(read(WHOLE)).toMatchObject({ status: 200, body: 'hälo', keepsAlive: true });
    expect(read(CHUNKED)).toMatchObject({ status: 200, body: 'hällo, wörl', keepsAlive: true });
    expect(read(UNTIL_END)).toMatchObject({ status: 200, body: 'hello', keepsAlive: false });
    expect(read(bytes('HTTP/1.1 204 No Content', '', ''))).toMatchObject({ status: 204, body: '' });
  });

  it('does not mind how the bytes are cut, even within a character', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(WHOLE, CHUNKED, UNTIL_END),
        fc.array(fc.nat({ max: 150 }), { maxLength: 8 }),
        (answer, cuts) => {
          const at = [0, ...cuts.map((cut) => cut % answer.length).sort((a, b) => a - b), answer.length];
          const pieces = at.slice(1).map((end, index) => answer.subarray(at[index], end));
          expect(read(...pieces)).toEqual(read(answer));
        },
      ),
    );
  });

  it('skips what only announces an answer, and keeps what comes after one', () => {
    const reader = createAnswerReader(LIMIT);
    const early = bytes('HTTP/1.1 103 Early Hints', 'link: x', '', '');
    expect(reader.feed(Buffer.concat([early, WHOLE, Buffer.from('junk')]))).toMatchObject({ body: 'hälo' });
    expect(reader.hasRest).toBe(true);
  });

  it('knows whether the connection may be used again', () => {
    const keeps = (version: string, connection: string): boolean | undefined =>
      read(bytes(`HTTP/${version} 200 OK`, `Connection: ${connection}`, 'Content-Length: 0', '', ''))
        ?.keepsAlive;
    expect([keeps('1.1', 'x'), keeps('1.1', 'Close'), keeps('1.0', 'x'), keeps('1.0', 'keep-alive')]).toEqual(
      [true, false, false, true],
    );
  });

  it.each([
    ['no HTTP', bytes('SSH-2.0-OpenSSH', '', ''), 'does not begin'],
    ['another version', bytes('HTTP/2 200', '', ''), 'does not begin'],
    ['two lengths', bytes('HTTP/1.1 200 OK', 'content-length: 1', 'content-length: 2', '', 'a'), '1, 2'],
    ['a length that is no number', bytes('HTTP/1.1 200 OK', 'content-length: 5x', '', 'hello'), '5x'],
    ['no status', bytes('HTTP/1.1 2x0 OK', '', ''), 'does not begin'],
    ['a status that is too long', bytes('HTTP/1.1 2000 OK', '', ''), 'does not begin'],
    ['a negative length', bytes('HTTP/1.1 200 OK', 'content-length: -1', '', ''), '-1'],
    ['a length over the limit', bytes('HTTP/1.1 200 OK', 'content-length: 1001', '', ''), '1000 bytes'],
    ['an endless body', Buffer.concat([UNTIL_END, Buffer.alloc(1_001)]), '1000 bytes'],
    ['large chunks', bytes('HTTP/1.1 200 OK', 'transfer-encoding: chunked', '', 'fffffff', ''), '1000 bytes'],
    ['broken chunks', bytes('HTTP/1.1 200 OK', 'transfer-encoding: chunked', '', 'xyz', ''), 'no length'],
    ['compression', bytes('HTTP/1.1 200 OK', 'content-encoding: gzip', '', ''), 'gzip'],
    ['endless headers', Buffer.from(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(70_000)}`), 'no end'],
  ])('refuses %s', (_what, answer, message) => {
    expect(() => read(answer)).toThrow(message);
  });

  it('takes the same length twice for one', () => {
    expect(read(bytes('HTTP/1.1 200', 'content-length: 5', 'Content-Length: 5', '', 'hello'))?.body).toBe(
      'hello',
    );
  });

  it('a body that is cut short is no answer', () => {
    expect(read(WHOLE.subarray(0, -1))).toBeUndefined();
    expect(read(CHUNKED.subarray(0, -2))).toBeUndefined();
  });
});
