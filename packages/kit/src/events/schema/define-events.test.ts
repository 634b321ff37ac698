import { expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import type { DomainEvent } from '../event.js';
import { type PayloadOf, defineEvents, versionOf } from './define-events.js';
import { checkPublished } from './registry.js';

const published = defineEvents('shelf', {
  'book.lent': {
    description: 'Somebody took a book home.',
    payload: z.object({ bookId: z.string(), days: z.number().int().min(1) }),
  },
  'book.lent@2': {
    description: 'Somebody took books home.',
    payload: z.object({ bookIds: z.array(z.string()), note: z.string().optional() }),
  },
});

const event = (type: string, payload: unknown, source = 'shelf'): DomainEvent => ({
  id: 'event-1',
  type,
  source,
  aggregateId: 'book-1',
  version: 1,
  occurredAt: '2026-01-01T00:00:00.000Z',
  correlationId: 'request-1',
  payload,
});

test('an event as described passes, each version by its own description', () => {
  expect(() =>
    checkPublished([
      event('book.lent', { bookId: 'a', days: 3 }),
      event('book.lent@2', { bookIds: ['a', 'b'] }),
      event('book.lent@2', { bookIds: [], note: 'gift' }),
    ]),
  ).not.toThrow();
});

test.each([
  ['a field is missing', { bookId: 'a' }, /book\.lent unlike.*days/s],
  ['a field has another type', { bookId: 7, days: 1 }, /bookId/],
  ['a field is out of bounds', { bookId: 'a', days: 0 }, /days/],
  ['a field was never described', { bookId: 'a', days: 1, reader: 'ada' }, /reader/],
  ['there is no payload', null, /object/],
])('an event is refused when %s', (_, payload, message) => {
  expect(() => checkPublished([event('book.lent', payload)])).toThrow(message);
});

test('a refusal tells no values', () => {
  const refused = () => checkPublished([event('book.lent', { bookId: { secret: 'tok_4711' }, days: 1 })]);
  expect(refused).toThrow(/bookId/);
  expect(refused).not.toThrow(/tok_4711/);
});

test('a type that nobody described is refused, unless its owner describes none at all', () => {
  expect(() => checkPublished([event('book.lost', {})])).toThrow(/Add it to its defineEvents/);
  expect(() => checkPublished([event('book.lost', {}, 'attic')])).not.toThrow();
});

test('the name of a type carries its version', () => {
  expect(['book.lent', 'book.lent@2', 'stock.reserve-requested@12'].map(versionOf)).toEqual([1, 2, 12]);
  for (const wrong of [
    'book',
    'Book.lent',
    'book.lent@1',
    'book.lent@02',
    'book.lent@',
    'book.lent.twice',
    '',
  ]) {
    expect(() => versionOf(wrong)).toThrow(/is no event type/);
    expect(() => defineEvents('attic', { [wrong]: { description: '', payload: z.object({}) } })).toThrow();
  }
});

test('payloads have types', () => {
  expect(Object.keys(published.definitions)).toEqual(['book.lent', 'book.lent@2']);
  expectTypeOf<PayloadOf<typeof published, 'book.lent'>>().toEqualTypeOf<{ bookId: string; days: number }>();
});
