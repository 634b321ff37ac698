import type { BoardOrderFragment, OrderStatus } from '@/__generated__/graphql.js';

/** The board's columns, from left to right. */
export const COLUMNS = [
  'PENDING',
  'PLACED',
  'PAID',
  'SHIPPED',
  'COMPLETE',
  'CANCELLED',
] as const satisfies readonly OrderStatus[];
export type Column = (typeof COLUMNS)[number];

/** All orders the board knows, and how many there are of each status altogether. */
export interface Board {
  readonly orders: ReadonlyMap<string, BoardOrderFragment>;
  readonly totals: Readonly<Record<Column, number>>;
}

export const emptyBoard: Board = {
  orders: new Map(),
  totals: { PENDING: 0, PLACED: 0, PAID: 0, SHIPPED: 0, COMPLETE: 0, CANCELLED: 0 },
};

/** FAILED orders never were orders of the shop: they have no column. */
const isColumn = (status: OrderStatus): status is Column =>
  (COLUMNS as readonly OrderStatus[]).includes(status);

/** The board after a column was asked for. An order that moved on since keeps its newer place. */
export function withColumn(
  board: Board,
  column: Column,
  found: readonly BoardOrderFragment[],
  total: number,
): Board {
  const orders = new Map(board.orders);
  for (const order of found) if (isNewer(orders.get(order.id), order)) orders.set(order.id, order);
  return { orders, totals: { ...board.totals, [column]: total } };
}

/** What was found for a column; undefined if that cannot be known now. */
export interface ColumnAnswer {
  readonly column: Column;
  readonly found: { readonly nodes: readonly BoardOrderFragment[]; readonly totalCount: number } | undefined;
}

/** The board after every column was asked for. One that was not answered stays as it was. */
export const withAnswers = (before: Board, answers: readonly ColumnAnswer[]): Board =>
  answers.reduce(
    (board, { column, found }) =>
      found
        ? withColumn(board, column, found.nodes, found.totalCount)
        : withColumn(board, column, cardsOf(before, column), before.totals[column]),
    emptyBoard,
  );

/** The board after an order changed. Late and repeated news change nothing. */
export function withOrder(board: Board, order: BoardOrderFragment): Board {
  const before = board.orders.get(order.id);
  if (!isNewer(before, order)) return board;
  const totals = { ...board.totals };
  if (before?.status !== order.status) {
    if (before && isColumn(before.status)) totals[before.status] = Math.max(0, totals[before.status] - 1);
    if (isColumn(order.status)) totals[order.status] += 1;
  }
  return { orders: new Map(board.orders).set(order.id, order), totals };
}

/** One column's cards, what changed last on top. */
export function cardsOf({ orders }: Board, column: Column): BoardOrderFragment[] {
  return [...orders.values()]
    .filter(({ status }) => status === column)
    .sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
}

const isNewer = (present: BoardOrderFragment | undefined, incoming: BoardOrderFragment): boolean =>
  !present || incoming.version > present.version;
