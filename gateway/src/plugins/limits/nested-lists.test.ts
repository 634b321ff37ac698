import { buildSchema, getIntrospectionQuery, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { deepestLists } from './nested-lists.js';

const schema = buildSchema(`
  type Query { shelves: [Shelf!]! book(id: ID!): Book }
  type Shelf { books: [Book] }
  type Book implements Thing { title: String author: Author }
  type Author { books: [Book!]! }
  interface Thing { title: String }
`);
const lists = (query: string) => deepestLists(schema, parse(query));

describe('deepestLists', () => {
  it.each([
    ['{ book(id: 1) { title } }', 0],
    ['{ shelves { books { title } } book(id: 1) { title } }', 2],
    ['{ book(id: 1) { author { books { author { books { title } } } } } }', 2],
    ['{ shelves { ... on Shelf { books { ...b } } } } fragment b on Book { author { books { title } } }', 3],
    [
      '{ shelves { ...s } } fragment s on Shelf { books { author { ...a } } } fragment a on Author { books { title } }',
      3,
    ],
  ])('counts %s as %d', (query, expected) => {
    expect(lists(query)).toBe(expected);
  });

  it('lets the tools look at the schema', () => {
    expect(lists(getIntrospectionQuery({ inputValueDeprecation: true, oneOf: false }))).toBeLessThanOrEqual(
      3,
    );
  });

  it('does not multiply with chains of fragments', () => {
    const chain = Array.from(
      { length: 40 },
      (_, at) => `fragment f${at} on Author { books { author { ...f${at + 1} ...f${at + 1} } } }`,
    );
    const query = `{ book(id: 1) { author { ...f0 } } } ${chain.join(' ')} fragment f40 on Author { books { title } }`;
    expect(lists(query)).toBe(41);
  });
});
