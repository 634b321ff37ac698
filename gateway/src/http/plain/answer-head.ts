import { STATUS_CODES, validateHeaderName, validateHeaderValue } from 'node:http';

/** Names that were found to be right: a handful, as they stand in code and configuration. */
const knownNames = new Set<string>();
/** No more names are remembered; beyond, each is looked at. */
const MOST_NAMES = 500;
/** Of a value of which it must be looked at whether it is right. */
const UNUSUAL = /[^ -~]/;

/**
 * The head of an answer as Node would write it.
 *
 * @param headers name, value, name, value ...
 * @param keepAliveMs how long the connection stays open without a request, in milliseconds; undefined if it ends
 * @throws TypeError for what is no header's name or value
 * @example socket.write(answerHead(200, ['content-length', '0'], 65_000), 'latin1');
 */
export function answerHead(
  status: number,
  headers: readonly string[],
  keepAliveMs: number | undefined,
): string {
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'unknown'}\r\n`;
  for (let at = 0; at < headers.length; at += 2) {
    const name = headers[at] ?? '';
    const value = headers[at + 1] ?? '';
    if (!knownNames.has(name)) {
      validateHeaderName(name);
      if (knownNames.size < MOST_NAMES) knownNames.add(name);
    }
    if (UNUSUAL.test(value)) validateHeaderValue(name, value);
    head += `${name}: ${value}\r\n`;
  }
  const last = keepAliveMs === undefined ? goodbye() : lastLines(keepAliveMs);
  return `${head}${last}\r\n`;
}

const goodbye = (): string => `Date: ${new Date().toUTCString()}\r\nConnection: close\r\n`;

let second = -1;
let lines = '';
let linesFor = -1;

/** The same for all answers of a second. */
function lastLines(keepAliveMs: number): string {
  const now = Math.floor(Date.now() / 1_000);
  if (now !== second || keepAliveMs !== linesFor) {
    second = now;
    linesFor = keepAliveMs;
    const date = new Date(now * 1_000).toUTCString();
    lines = `Date: ${date}\r\nConnection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(keepAliveMs / 1_000)}\r\n`;
  }
  return lines;
}
