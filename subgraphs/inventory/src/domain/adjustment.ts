import { createHash } from 'node:crypto';
import { MAX_ON_HAND, adjust } from './stock.js';
import type { AdjustmentOutcome, StockItem } from './stock-item.js';

/** Most units of one adjustment: a slip of the finger ends here. */
export const MAX_DELTA = 1_000_000;
const MAX_KEY_LENGTH = 200;

/** What staff ask for. */
export interface AdjustmentRequest {
  readonly variantId: string;
  readonly delta: number;
  readonly idempotencyKey: string;
  /** Who asks. */
  readonly userId: string;
}

/** A field that is not acceptable, with what to do. */
export interface InputProblem {
  readonly path: readonly string[];
  readonly message: string;
}

/** The same for the same input of the same person, and for nothing else. */
export const fingerprintOf = ({ variantId, delta, userId }: AdjustmentRequest): string =>
  createHash('sha256')
    .update(JSON.stringify([variantId, delta, userId]))
    .digest('base64url');

/** The first thing wrong with a request, before any stock is looked at. */
export function problemOf({ variantId, delta, idempotencyKey }: AdjustmentRequest): InputProblem | undefined {
  const at = (field: string, message: string): InputProblem => ({ path: [field], message });
  if (idempotencyKey.length < 1 || idempotencyKey.length > MAX_KEY_LENGTH) {
    return at('idempotencyKey', `Send a key of 1 to ${MAX_KEY_LENGTH} characters.`);
  }
  if (variantId === '') return at('variantId', 'Name the variant.');
  if (delta === 0) return at('delta', 'Say how many units to add (positive) or to take away (negative).');
  if (Math.abs(delta) > MAX_DELTA) return at('delta', `Adjust at most ${MAX_DELTA} units at a time.`);
  return undefined;
}

/** What becomes of a request at an item: applied, or refused because too few units are available. */
export function decideAdjustment(item: StockItem, delta: number): AdjustmentOutcome {
  const fits = item.available + delta >= 0 && item.onHand + delta <= MAX_ON_HAND;
  if (!fits) return { kind: 'refused', available: item.available };
  return { kind: 'applied', stock: adjust(item, delta) };
}
