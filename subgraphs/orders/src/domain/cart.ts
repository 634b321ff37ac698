import type { Currency, Money } from './order.js';

/** Most units of one line. */
export const MAX_QUANTITY = 99;
/** Most lines of one cart. */
export const MAX_LINES = 100;
/** GraphQL's Int ends here, and so does the amount of one cart or order. */
export const MAX_AMOUNT_MINOR = 2_147_483_647;
/** How long the price and weight of a cart line hold, in milliseconds. */
export const QUOTE_LIFETIME_MS = 10 * 60 * 1000;

/** A variant in a cart, as it was quoted last. */
export interface CartLine {
  readonly id: string;
  readonly variantId: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  /** Of one unit in its packaging; null in a line from before weights were kept, until it is quoted again. */
  readonly weightGrams: number | null;
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

/** Lines that have to be quoted again. */
export const staleLines = (lines: readonly CartLine[], now: Date): readonly CartLine[] =>
  lines.filter(
    ({ quotedAt, weightGrams }) =>
      weightGrams === null || now.getTime() - quotedAt.getTime() >= QUOTE_LIFETIME_MS,
  );

/** Why lines cannot stand in one cart or order together; null if they can. */
export function cartProblem(lines: readonly Pick<CartLine, 'quantity' | 'unitPrice'>[]): string | null {
  if (lines.length > MAX_LINES) return `A cart holds at most ${MAX_LINES} different items. Remove one first.`;
  if (new Set(lines.map(({ unitPrice }) => unitPrice.currency)).size > 1) {
    return 'All items of a cart must be priced in one currency. Order them separately.';
  }
  return amountProblem(subtotalOf(lines).amountMinor);
}

/** Why an amount is too much for one cart or order; null if it is not. */
export const amountProblem = (amountMinor: number): string | null =>
  amountMinor > MAX_AMOUNT_MINOR
    ? 'The total is beyond what one order can hold. Split it into several orders.'
    : null;
