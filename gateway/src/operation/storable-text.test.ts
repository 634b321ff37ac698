import { expect, it } from 'vitest';
import { findUnstorable, isStorableDocument } from './storable-text.js';

it('names the variable whose text no database can store', () => {
  expect(findUnstorable({ input: { name: 'Ada \u{1f600}', lines: ['a', 'b'] }, n: 1 })).toBeUndefined();
  expect(findUnstorable({ input: { name: 'a\0b' } })).toBe('input.name');
  expect(findUnstorable({ input: { tags: ['ok', 'x\ud800'] } })).toBe('input.tags.1');
});

it('looks into the literals of a document, too', () => {
  expect(isStorableDocument('{ product(slug: "caf\u00e9") { id } }')).toBe(true);
  expect(isStorableDocument('{ order(id: "a\\u0000b") { id } }')).toBe(false);
  expect(isStorableDocument('{ order(id: "a\\u{0}b") { id } }')).toBe(false);
});
