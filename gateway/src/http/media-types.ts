/** A media type with its parameters, all in lower case: `application/json; charset=utf-8`. */
export interface MediaType {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Reads one media type; quotes around parameter values are dropped. */
export function parseMediaType(text: string): MediaType {
  const [type = '', ...rest] = text.split(';').map((part) => part.trim().toLowerCase());
  const parameters = new Map(
    rest.flatMap((part) => {
      const [name, value] = part.split('=').map((side) => side.trim());
      return name && value !== undefined ? [[name, value.replace(/^"(.*)"$/, '$1')] as const] : [];
    }),
  );
  return { type, parameters };
}

/** Only UTF-8 is spoken here. */
export const isUtf8 = ({ parameters }: MediaType): boolean =>
  /^utf-?8$/.test(parameters.get('charset') ?? 'utf-8');

export const GRAPHQL_RESPONSE = 'application/graphql-response+json';
export const JSON_RESPONSE = 'application/json';
export type ResponseType = typeof GRAPHQL_RESPONSE | typeof JSON_RESPONSE;

/** What each range a client may name gets from us. Wildcards get what every client understands. */
const OFFERED: ReadonlyMap<string, ResponseType> = new Map([
  [GRAPHQL_RESPONSE, GRAPHQL_RESPONSE],
  [JSON_RESPONSE, JSON_RESPONSE],
  ['application/*', JSON_RESPONSE],
  ['*/*', JSON_RESPONSE],
]);

/** What one `accept` header asks for. */
export interface Accepted {
  /** Of the types that answer in one piece; undefined if nothing we speak is acceptable. */
  readonly type: ResponseType | undefined;
  /** True if the client names streams of events among what it takes; a wildcard does not name them. */
  readonly events: boolean;
}

/** A client sends the same header again and again; hostile ones do not matter beyond this many. */
const REMEMBERED = 200;
const remembered = new Map<string, Accepted>();
const NOTHING_ASKED: Accepted = { type: JSON_RESPONSE, events: false };

/**
 * Reads an `accept` header by the client's weights; of equals the first named wins.
 *
 * @example readAccept('application/graphql-response+json, application/json;q=0.9').type
 */
export function readAccept(accept: string | undefined): Accepted {
  if (accept === undefined) return NOTHING_ASKED;
  const known = remembered.get(accept);
  if (known) return known;
  const accepted = accept.trim() === '' ? NOTHING_ASKED : negotiate(accept.split(',').map(parseMediaType));
  if (remembered.size < REMEMBERED) remembered.set(accept, accepted);
  return accepted;
}

const EVENT_STREAM = 'text/event-stream';

function negotiate(ranges: readonly MediaType[]): Accepted {
  let best: { type: ResponseType; weight: number } | undefined;
  let events = false;
  for (const range of ranges) {
    const type = OFFERED.get(range.type);
    const weight = Number(range.parameters.get('q') ?? 1);
    if (!(weight > 0)) continue;
    if (range.type === EVENT_STREAM) events = true;
    if (type && isUtf8(range) && weight > (best?.weight ?? 0)) best = { type, weight };
  }
  return { type: best?.type, events };
}
