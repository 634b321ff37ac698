import { type Stock, adjust, commit, hold, release, restock } from './stock.js';

/**
 * Units of one variant that move, as the ledger records it: a variant's stock is the sum of its movements.
 *
 * - `held`: from available to reserved
 * - `released`: from reserved to available
 * - `committed`: from reserved out of the house
 * - `restocked`: from outside to available
 * - `adjusted`: into available, or out of it when negative
 */
export type Movement =
  | {
      readonly kind: 'held' | 'released' | 'committed' | 'restocked';
      readonly orderId: string;
      readonly quantity: number;
    }
  | { readonly kind: 'adjusted'; readonly quantity: number };

const MOVES = {
  held: hold,
  released: release,
  committed: commit,
  restocked: restock,
  adjusted: adjust,
} as const;

/**
 * The stock after a movement.
 *
 * @throws Error if the books would not balance
 * @example events.reduce((stock, { movements }) => movements.reduce(moved, stock), NO_STOCK)
 */
export const moved = (stock: Stock, { kind, quantity }: Movement): Stock => MOVES[kind](stock, quantity);
