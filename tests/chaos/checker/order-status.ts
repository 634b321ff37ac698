import type { OrderFact } from '../facts/facts.js';

/** How far along a state is: what a client sees never goes to a lower one. */
const RANK: Readonly<Record<string, number>> = {
  PENDING: 0,
  PLACED: 1,
  PAID: 2,
  SHIPPED: 3,
  COMPLETE: 4,
  CANCELLED: 5,
  FAILED: 5,
};

/** @throws Error for a state that the checker was not told of */
export function rankOf(status: string): number {
  const rank = RANK[status];
  if (rank === undefined)
    throw new Error(`The checker does not know the order state ${status}: give it a rank.`);
  return rank;
}

/** No other state follows. */
export const isOver = (status: string): boolean => rankOf(status) === RANK['FAILED'];

/** Nothing may be held or owed for such an order: everything went back. */
export const isUndone = ({ status, isReturned }: Pick<OrderFact, 'status' | 'isReturned'>): boolean =>
  isOver(status) || isReturned;

/** It was paid, and its units left. */
export const isSold = (order: OrderFact): boolean =>
  !isUndone(order) && rankOf(order.status) >= rankOf('PAID');

/** The outcome of its placement is known. */
export const isDecided = (status: string): boolean => status !== 'PENDING';
