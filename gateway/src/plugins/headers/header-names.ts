/** Headers that belong to one connection, and those that say how a message is framed: never passed on. */
const OF_THE_CONNECTION = [
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** What the gateway itself says to subgraphs. */
const OURS_UPSTREAM = ['accept', 'accept-encoding', 'x-request-id'];

/** What the gateway itself says to clients. */
const OURS_DOWNSTREAM = [
  'age',
  'cache-control',
  'content-security-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'date',
  'etag',
  'idempotent-replayed',
  'permissions-policy',
  'referrer-policy',
  'strict-transport-security',
  'vary',
  'x-content-type-options',
  'x-frame-options',
  'x-request-id',
];

const upstream = new Set([...OF_THE_CONNECTION, ...OURS_UPSTREAM]);
const downstream = new Set([...OF_THE_CONNECTION, ...OURS_DOWNSTREAM]);

/** `x-souk-*` is how the gateway tells subgraphs who asks: nobody else may speak in it, and nobody else reads it. */
const isIdentity = (name: string): boolean => name.startsWith('x-souk-');

/** Whether a rule may send this header to subgraphs. @param name in lower case */
export const mayGoUp = (name: string): boolean => !isIdentity(name) && !upstream.has(name);

/** Whether a rule may send this header to clients. @param name in lower case */
export const mayGoDown = (name: string): boolean =>
  !isIdentity(name) && !downstream.has(name) && !name.startsWith('access-control-');

/** Bytes beyond ASCII in a header mean something else to everybody: such values do not pass. */
export const isPassableValue = (value: string): boolean => /^[\t\x20-\x7e]*$/.test(value);

const PATTERN = /^\/(.+)\/$/;

/** The expression between the slashes; undefined for a plain name. @throws SyntaxError */
export function patternOf(name: string): RegExp | undefined {
  const source = PATTERN.exec(name)?.[1];
  return source === undefined ? undefined : new RegExp(source);
}

/** Tells whether a header is meant. */
export function matcher(name: string): (header: string) => boolean {
  const pattern = patternOf(name);
  return pattern ? (header) => pattern.test(header) : (header) => header === name;
}
