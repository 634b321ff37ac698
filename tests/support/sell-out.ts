import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { insistently } from './insistently.js';
import { type Identity, type PlacedOrder, adjustStock, fillCart, placeOrder, unitsOf } from './people.js';
import type { BookEntry } from './provider-books.js';
import { type Entrance, eventually } from './shop.js';

/** Reads what the payment provider did since an instant. */
export type ReadBooks = (since: Date) => Promise<BookEntry[]>;

/**
 * Lets many guests buy one unit each at the same moment, of a variant of which there are few, and expects that just as many
 * get one as there are units, that the others are told it is out of stock, and that nobody else is charged.
 *
 * @example await sellOut(shop, books, { variantId, units: 5, buyers: 200, staff });
 */
export async function sellOut(
  shop: Entrance,
  books: ReadBooks,
  race: {
    readonly variantId: string;
    readonly units: number;
    readonly buyers: number;
    readonly staff: Identity;
  },
): Promise<void> {
  const { variantId, units, buyers, staff } = race;
  const now = await adjustStock(shop, variantId, 1, staff);
  const levelled = await adjustStock(shop, variantId, units - (now.stock?.available ?? 0), staff);
  expect(levelled.stock).toMatchObject({ available: units });

  const since = new Date();
  const guests = await Promise.all(
    Array.from({ length: buyers }, () => insistently(() => fillCart(shop, variantId, 1))),
  );
  const outcomes = await Promise.all(guests.map((guest) => insist(shop, guest)));
  const placed = outcomes.flatMap(({ order }) => (order ? [order] : []));
  expect(placed).toHaveLength(units);
  await expectChargedOnce(shop, books, since, placed);
  const refused = outcomes.filter(({ order }) => order === null);
  expect(refused).toHaveLength(buyers - units);
  const reasons = refused.map(({ errors: [error] }) => `${error?.__typename} ${error?.variantId}`);
  expect([...new Set(reasons)]).toEqual([`OutOfStockError ${variantId}`]);
  // All of them leave the stock, and not one more.
  await eventually('the stock is empty', async () => {
    const { onHand, available, reserved } = await unitsOf(shop, variantId);
    expect(Math.min(onHand, available, reserved)).toBeGreaterThanOrEqual(0);
    return onHand + available + reserved === 0;
  });
}

/**
 * Waits until orders are paid, and expects that each one's total was held once and taken once, that nothing of it was given
 * back, and that nobody else was charged since then.
 *
 * @param since before the first of them was placed
 */
export async function expectChargedOnce(
  shop: Entrance,
  books: ReadBooks,
  since: Date,
  orders: readonly NonNullable<PlacedOrder['order']>[],
): Promise<void> {
  for (const { id, number, accessToken } of orders) {
    await eventually(
      `${number} is paid`,
      async () => {
        const { data } = await shop.ask<{ order: { status: string } }>(
          'query ($id: ID!, $token: String) { order(id: $id, accessToken: $token) { status } }',
          { id, token: accessToken },
        );
        return !['PENDING', 'PLACED'].includes(data.order.status);
      },
      120_000,
    );
  }
  const entries = await books(since);
  const each = (kind: BookEntry['kind']) =>
    byOrder(orders.map(({ id: orderId, total: { amountMinor } }) => ({ orderId, kind, amountMinor })));
  expect(byOrder(entries.filter(({ kind }) => kind === 'AUTHORIZE'))).toEqual(each('AUTHORIZE'));
  // Orders of before may still be paid meanwhile.
  const ids = new Set(orders.map(({ id }) => id));
  const later = entries.filter(({ orderId, kind }) => ids.has(orderId) && kind !== 'AUTHORIZE');
  expect(byOrder(later)).toEqual(each('CAPTURE'));
}

const byOrder = (entries: readonly BookEntry[]): BookEntry[] =>
  entries.toSorted((left, right) => left.orderId.localeCompare(right.orderId));

/** Asks with one key until the outcome is final, for as long as a crowd may take. */
async function insist(shop: Entrance, guest: Identity): Promise<PlacedOrder> {
  const idempotencyKey = randomUUID();
  return insistently(async () => {
    const outcome = await placeOrder(shop, guest, { idempotencyKey });
    return outcome.order?.status !== 'PENDING' && outcome;
  });
}
