import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectionOf, decodeCursor, encodeCursor, pageRequest } from './connection.js';

describe('cursors', () => {
  it('come back as they went in', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.integer()), { minLength: 1 }), (key) => {
        expect(decodeCursor(encodeCursor(key))).toEqual(key);
      }),
    );
  });

  it.each(['', 'x', Buffer.from('{}').toString('base64url'), Buffer.from('[null]').toString('base64url')])(
    'refuses %j, which is none',
    (cursor) => {
      expect(() => decodeCursor(cursor)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
    },
  );
});

describe('pageRequest', () => {
  it('uses the default size, and the first page, when the client says nothing', () => {
    expect(pageRequest({}, { first: 24 })).toEqual({ limit: 24, after: undefined });
    expect(pageRequest({ first: null, after: null }, { first: 24 })).toEqual({ limit: 24, after: undefined });
  });

  it.each([0, -1, 101, 1.5])('refuses a page of %d', (first) => {
    expect(() => pageRequest({ first }, { first: 24 })).toThrow(/must be 1 to 100/);
  });
});

describe('connectionOf', () => {
  const key = (row: { id: number }) => [row.id];
  const rows = [{ id: 1 }, { id: 2 }, { id: 3 }];

  it('cuts the row too many and says that there is more', () => {
    const connection = connectionOf(rows, { limit: 2, after: undefined }, key);
    expect(connection.nodes).toEqual([{ id: 1 }, { id: 2 }]);
    expect(connection.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: encodeCursor([1]),
      endCursor: encodeCursor([2]),
    });
  });

  it('knows an empty page', () => {
    expect(connectionOf([], { limit: 2, after: [9] }, key)).toEqual({
      edges: [],
      nodes: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
    });
  });
});
