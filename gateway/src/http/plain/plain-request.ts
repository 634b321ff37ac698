import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';

/** A request that arrived whole, in the plainest form there is. Looks like Node's, as far as a request is looked at. */
export interface PlainRequest {
  readonly method: 'POST';
  readonly url: string;
  readonly httpVersion: '1.1';
  readonly httpVersionMajor: 1;
  readonly httpVersionMinor: 1;
  /** By their names in small letters, each once. */
  readonly headers: IncomingHttpHeaders;
  readonly socket: Socket;
  /** All of it. */
  readonly body: Buffer;
}

/** A longer head is Node's to read, and to refuse. In bytes. */
const MOST_HEAD = 8_192;
const HEAD_END = '\r\n\r\n';
/** Nothing but letters, digits and hyphens; a hyphen stands between others. */
const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** Visible ASCII, with single spaces or more between. */
const VALUE = /^[!-~](?:[ -~]*[!-~])?$/;
const LENGTH = /^[1-9][0-9]{0,8}$/;

/**
 * What asks for something that only a whole HTTP implementation knows: other framings, upgrades, the end of the
 * connection.
 */
const OTHERS_BUSINESS: ReadonlySet<string> = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Reads a request if it is one about which no two implementations of HTTP/1.1 could disagree: a POST to this path
 * that is here from its first byte to its last and no further, `host` and `content-length` and every other header
 * once, line ends as they should be, nothing but visible ASCII.
 *
 * @param chunk what a connection brought
 * @param path the whole target, as `/graphql`
 * @returns undefined for everything else, which says nothing about whether that is a valid request
 */
export function readPlainRequest(chunk: Buffer, path: string, socket: Socket): PlainRequest | undefined {
  const start = `POST ${path} HTTP/1.1\r\n`;
  const head = chunk.toString('latin1', 0, Math.min(chunk.length, MOST_HEAD));
  if (!head.startsWith(start)) return undefined;
  const end = head.indexOf(HEAD_END, start.length);
  if (end < 0) return undefined;
  const headers: IncomingHttpHeaders = {};
  for (let at = start.length; at < end;) {
    const lineEnd = head.indexOf('\r\n', at);
    const colon = head.indexOf(':', at);
    if (colon < 0 || colon > lineEnd) return undefined;
    const name = plainName(head.slice(at, colon));
    const value = head.slice(head.charCodeAt(colon + 1) === SPACE ? colon + 2 : colon + 1, lineEnd);
    if (name === undefined || !VALUE.test(value)) return undefined;
    if (OTHERS_BUSINESS.has(name) && !(name === 'connection' && value.toLowerCase() === 'keep-alive'))
      return undefined;
    if (name === 'accept' && value.toLowerCase().includes('event-stream')) return undefined;
    if (Object.hasOwn(headers, name)) return undefined;
    headers[name] = value;
    at = lineEnd + 2;
  }
  const { host, 'content-length': length } = headers;
  const bodyAt = end + HEAD_END.length;
  if (host === undefined || length === undefined || !LENGTH.test(length)) return undefined;
  if (Number(length) !== chunk.length - bodyAt) return undefined;
  return {
    method: 'POST',
    url: path,
    httpVersion: '1.1',
    httpVersionMajor: 1,
    httpVersionMinor: 1,
    headers,
    socket,
    body: chunk.subarray(bodyAt),
  };
}

const SPACE = 0x20;

/** Names as clients write them, with the small names that they stand for. */
const smallNames = new Map<string, string>();
/** Clients have few; whoever makes up more is read all the same, a little slower. */
const MOST_NAMES = 200;

/** @returns undefined if it is not the name of a plain header */
function plainName(written: string): string | undefined {
  const known = smallNames.get(written);
  if (known !== undefined) return known;
  const small = written.toLowerCase();
  if (!NAME.test(small)) return undefined;
  if (smallNames.size < MOST_NAMES) smallNames.set(written, small);
  return small;
}
