import { expect, it } from 'vitest';
import { GRAPHQL_RESPONSE, isUtf8, JSON_RESPONSE, parseMediaType, readAccept } from './media-types.js';

it.each([
  [undefined, JSON_RESPONSE],
  ['*/*', JSON_RESPONSE],
  ['application/*;q=0.5', JSON_RESPONSE],
  ['application/json', JSON_RESPONSE],
  ['application/graphql-response+json', GRAPHQL_RESPONSE],
  ['application/graphql-response+json, application/json;q=0.9', GRAPHQL_RESPONSE],
  ['application/graphql-response+json;q=0.1, application/json', JSON_RESPONSE],
  ['application/json;q=0, application/graphql-response+json;q=0.2', GRAPHQL_RESPONSE],
  ['text/html, */*;q=0.8', JSON_RESPONSE],
  ['APPLICATION/JSON; Charset="UTF-8"', JSON_RESPONSE],
  ['application/json; charset=latin1', undefined],
  ['text/html', undefined],
])('accept %s is answered as %s', (accept, type) => {
  expect(readAccept(accept).type).toBe(type);
});

it('reads parameters with and without quotes', () => {
  const media = parseMediaType('Application/JSON ; charset="utf-8"; x=1');
  expect([media.type, [...media.parameters], isUtf8(media)]).toEqual([
    'application/json',
    [
      ['charset', 'utf-8'],
      ['x', '1'],
    ],
    true,
  ]);
});

it.each([
  [undefined, false],
  ['*/*', false],
  ['text/event-stream', true],
  ['application/json, text/event-stream;q=0.5', true],
  ['application/json, text/event-stream;q=0', false],
])('accept %s takes events: %s', (accept, events) => {
  expect(readAccept(accept).events).toBe(events);
});
