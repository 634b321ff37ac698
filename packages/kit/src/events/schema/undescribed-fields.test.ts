import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineEvents } from './define-events.js';
import { snapshotOf } from './snapshot.js';
import { undescribedFields } from './undescribed-fields.js';

test('fields without words are found, however deep, once each', () => {
  const catalogue = defineEvents('shelf', {
    'book.lent': {
      description: 'Somebody took a book home.',
      payload: z.object({
        bookId: z.string().describe('Which one.'),
        until: z.iso.datetime().nullable(),
        by: z
          .discriminatedUnion('kind', [
            z.object({ kind: z.literal('person').describe('A person.'), age: z.number() }),
            z.object({ kind: z.literal('school').describe('A school.'), age: z.number() }),
          ])
          .describe('Who has it.'),
        readers: z.array(z.object({ name: z.string() })).describe('Who else reads it.'),
      }),
    },
    'book.lost': {
      description: 'Nobody knows where it is.',
      payload: z.object({ bookId: z.string().describe('Which one.') }),
    },
  });
  expect(undescribedFields(snapshotOf([catalogue]))).toEqual([
    'book.lent: payload.until',
    'book.lent: payload.by.age',
    'book.lent: payload.readers[].name',
  ]);
});

test('words that were given before something else was said still count', () => {
  const described = z.string().describe('Which one.');
  const payload = z.object({
    bookId: described.optional(),
    shelfId: described.nullable().describe('Where.'),
  });
  const catalogue = defineEvents('shelf', { 'book.lost': { description: 'Gone.', payload } });
  expect(undescribedFields(snapshotOf([catalogue]))).toEqual([]);
});
