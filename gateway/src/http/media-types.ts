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

/**
 * Chooses the response's media type by the client's weights; of equals the first named wins.
 *
 * @returns undefined if nothing we speak is acceptable.
 */
export function negotiate(accept: string | undefined): ResponseType | undefined {
  if (accept === undefined || accept.trim() === '') return JSON_RESPONSE;
  let best: { type: ResponseType; weight: number } | undefined;
  for (const range of accept.split(',').map(parseMediaType)) {
    const type = OFFERED.get(range.type);
    const weight = Number(range.parameters.get('q') ?? 1);
    if (type && isUtf8(range) && weight > 0 && weight > (best?.weight ?? 0)) best = { type, weight };
  }
  return best?.type;
}

const EVENT_STREAM = 'text/event-stream';

/** True if the client names streams of events among what it takes; a wildcard does not name them. */
export const acceptsEvents = (accept: string | undefined): boolean =>
  accept !== undefined &&
  accept.includes(EVENT_STREAM) &&
  accept
    .split(',')
    .map(parseMediaType)
    .some(({ type, parameters }) => type === EVENT_STREAM && Number(parameters.get('q') ?? 1) > 0);
