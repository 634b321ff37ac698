import type { Currency, Money } from './order.js';

/** Most units of one line. */
export const MAX_QUANTITY = 99;
/** Most lines of one cart. */
export const MAX_LINES = 100;
/** GraphQL's Int ends here, and so does the amount of one cart or order. */
export const MAX_AMOUNT_MINOR = 2_147_483_647;
/** How long the price of a cart line holds, in milliseconds. */
export const QUOTE_LIFETIME_MS = 10 * 60 * 1000;

/** A variant in a cart, at the price that was quoted last. */
export interface CartLine {
  readonly id: string;
  readonly variantId: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly quotedAt: Date;
}

/** What somebody is about to buy. */
export interface Cart {
  readonly id: string;
  /** Oldest first. */
  readonly lines: readonly CartLine[];
  readonly updatedAt: Date;
}

const DEFAULT_CURRENCY: Currency = 'EUR';

/** The sum of the lines; zero for an empty cart. */
export const subtotalOf = (lines: readonly Pick<CartLine, 'quantity' | 'unitPrice'>[]): Money => ({
  amountMinor: lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice.amountMinor, 0),
  currency: lines[0]?.unitPrice.currency ?? DEFAULT_CURRENCY,
});

/** Lines whose price has to be asked for again. */
export const staleLines = (lines: readonly CartLine[], now: Date): readonly CartLine[] =>
  lines.filter(({ quotedAt }) => now.getTime() - quotedAt.getTime() >= QUOTE_LIFETIME_MS);

/** Why lines cannot stand in one cart or order together; null if they can. */
export function cartProblem(lines: readonly Pick<CartLine, 'quantity' | 'unitPrice'>[]): string | null {
  if (lines.length > MAX_LINES) return `A cart holds at most ${MAX_LINES} different items. Remove one first.`;
  if (new Set(lines.map(({ unitPrice }) => unitPrice.currency)).size > 1) {
    return 'All items of a cart must be priced in one currency. Order them separately.';
  }
  if (subtotalOf(lines).amountMinor > MAX_AMOUNT_MINOR) {
    return 'The total is beyond what one order can hold. Split it into several orders.';
  }
  return null;
}
