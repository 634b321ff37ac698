import { describe, expect, it } from 'vitest';
import type { BoardOrderFragment, OrderStatus } from '@/__generated__/graphql.js';
import { cardsOf, emptyBoard, withAnswers, withColumn, withOrder } from './board.js';

/** Only what the board looks at. */
const order = (id: string, status: OrderStatus, version: number) =>
  ({ id, status, version, updatedAt: `2026-01-01T00:00:0${version}.000Z` }) as unknown as BoardOrderFragment;

describe('the board', () => {
  const board = withColumn(emptyBoard, 'PLACED', [order('a', 'PLACED', 2), order('b', 'PLACED', 3)], 12);

  it('has what changed last on top', () => {
    expect(cardsOf(board, 'PLACED').map(({ id }) => id)).toEqual(['b', 'a']);
    expect(board.totals.PLACED).toBe(12);
  });

  it('moves an order to its new column and counts it there', () => {
    const moved = withOrder(board, order('a', 'PAID', 4));
    expect(cardsOf(moved, 'PLACED').map(({ id }) => id)).toEqual(['b']);
    expect(moved.totals).toMatchObject({ PLACED: 11, PAID: 1 });
  });

  it('counts a new order once, however often it is told', () => {
    const once = withOrder(board, order('new', 'PLACED', 1));
    expect(withOrder(once, order('new', 'PLACED', 1))).toBe(once);
    expect(once.totals.PLACED).toBe(13);
  });

  it('ignores late news, also from a column that loaded late', () => {
    const moved = withOrder(board, order('a', 'PAID', 4));
    expect(withOrder(moved, order('a', 'PLACED', 2))).toBe(moved);
    expect(cardsOf(withColumn(moved, 'PLACED', [order('a', 'PLACED', 2)], 12), 'PAID')).toHaveLength(1);
  });

  it('keeps a column that could not be asked for, without what is elsewhere by now', () => {
    const after = withAnswers(board, [
      { column: 'PLACED', found: undefined },
      { column: 'PAID', found: { nodes: [order('a', 'PAID', 4)], totalCount: 1 } },
    ]);
    expect(cardsOf(after, 'PLACED').map(({ id }) => id)).toEqual(['b']);
    expect(after.totals).toMatchObject({ PLACED: 12, PAID: 1 });
  });

  it('drops an order that failed from every column', () => {
    const failed = withOrder(board, order('a', 'FAILED', 9));
    expect(failed.totals.PLACED).toBe(11);
    expect(cardsOf(failed, 'PLACED')).toHaveLength(1);
  });
});
