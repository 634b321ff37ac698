import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { readPlainRequest } from './plain-request.js';

const socket = new Socket();
const read = (text: string): ReturnType<typeof readPlainRequest> =>
  readPlainRequest(Buffer.from(text, 'latin1'), '/graphql', socket);
const body = '{"query":"{a}"}';
const request = (
  lines: readonly string[],
  { start = 'POST /graphql HTTP/1.1', end = '\r\n', sent = body } = {},
) => [start, ...lines, '', sent].join(end);
const host = 'Host: shop';
const length = 'Content-Length: 15';

describe('a plain request', () => {
  it('is read with its headers by their small names, and its body', () => {
    const lines = [host, 'X-Cart-Token:abc', 'Accept: a/b, c/d;q=0.5', 'connection: Keep-Alive', length];
    expect(read(request(lines))).toMatchObject({
      method: 'POST',
      url: '/graphql',
      headers: {
        host: 'shop',
        'x-cart-token': 'abc',
        accept: 'a/b, c/d;q=0.5',
        connection: 'Keep-Alive',
        'content-length': '15',
      },
      body: Buffer.from(body),
    });
  });

  it('may have names that objects have by themselves', () => {
    expect(read(request([host, 'constructor: x', length]))?.headers['constructor']).toBe('x');
    expect(read(request([host, 'constructor: x', 'constructor: x', length]))).toBeUndefined();
  });
});

describe("is Node's to read", () => {
  it.each([
    ['another method', request([host, length], { start: 'GET /graphql HTTP/1.1' })],
    ['another target', request([host, length], { start: 'POST /graphql?a=b HTTP/1.1' })],
    ['a target with a host', request([host, length], { start: 'POST http://shop/graphql HTTP/1.1' })],
    ['an older version', request([host, length], { start: 'POST /graphql HTTP/1.0' })],
    ['a second space', request([host, length], { start: 'POST  /graphql HTTP/1.1' })],
    ['line ends without returns', request([host, length], { end: '\n' })],
    ['a line end within a value', request([host, 'a: b\nc: d', length])],
    ['a return within a value', request([host, 'a: b\rc: d', length])],
    ['a zero within a value', request([host, 'a: b\0', length])],
    ['a letter beyond ASCII', request([host, 'a: \xe9', length])],
    ['a tab', request([host, 'a:\tb', length])],
    ['a space before the colon', request([host, 'a : b', length])],
    ['a space before the name', request([host, ' a: b', length])],
    ['a line that goes on', request([host, 'a: b', '\tc', length])],
    ['a line without a colon', request([host, 'a', length])],
    ['a line without a name', request([host, ': a', length])],
    ['a value of nothing', request([host, 'a:', length])],
    ['two spaces before a value', request([host, 'a:  b', length])],
    ['a space after a value', request([host, 'a: b ', length])],
    ['a name with an underscore', request([host, '__proto__: b', length])],
    ['a header that comes twice', request([host, 'a: b', 'A: b', length])],
    ['no host', request([length])],
    ['no length', request([host])],
    ['two lengths', request([host, length, length])],
    ['a length with a sign', request([host, 'Content-Length: +15'])],
    ['a length with a zero before it', request([host, 'Content-Length: 015'])],
    ['a length in hexadecimal digits', request([host, 'Content-Length: 0xf'])],
    ['a list of lengths', request([host, 'Content-Length: 15, 15'])],
    ['a length of nothing', request([host, 'Content-Length: 0'], { sent: '' })],
    ['a body that is not all there', request([host, 'Content-Length: 16'])],
    ['a body with more behind it', request([host, 'Content-Length: 14'])],
    ['two requests', request([host, length]).repeat(2)],
    ['chunks', request([host, 'Transfer-Encoding: chunked', length])],
    ['chunks beside a length', request([host, length, 'transfer-encoding: identity'])],
    ['a question before the body', request([host, 'Expect: 100-continue', length])],
    ['an upgrade', request([host, 'Connection: upgrade', 'Upgrade: websocket', length])],
    ['the last request', request([host, 'Connection: close', length])],
    ['a stream of events', request([host, 'Accept: text/Event-Stream', length])],
    ['a long head', request([host, `a: ${'b'.repeat(8_192)}`, length])],
    ['half a head', request([host, length]).slice(0, 40)],
    ['nothing', ''],
  ])('%s', (_, text) => {
    expect(read(text)).toBeUndefined();
  });
});
