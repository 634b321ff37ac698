import type { ReservationLine } from './reservation.js';

/** What the order service asks for; `expire` is what inventory's own clock asks for. */
export type StockCommand = {
  readonly orderId: string;
  readonly correlationId: string;
} & (
  | { readonly kind: 'reserve'; readonly lines: readonly ReservationLine[] }
  | { readonly kind: 'release' | 'commit' | 'expire' }
);

/** One line a variant, in variant-id order: the order in which everybody takes them. */
export function mergedLines(lines: readonly ReservationLine[]): ReservationLine[] {
  const quantities = new Map<string, number>();
  for (const { variantId, quantity } of lines) {
    quantities.set(variantId, (quantities.get(variantId) ?? 0) + quantity);
  }
  return [...quantities]
    .map(([variantId, quantity]) => ({ variantId, quantity }))
    .sort((a, b) => (a.variantId < b.variantId ? -1 : 1));
}
