import type { SqlExecutor } from '@souk/kit/postgres';

/** Takes out of the carts what the orders bought, and nothing that was put in since. */
export async function takeOrderedFromCarts(
  sql: SqlExecutor,
  orderIds: readonly string[],
  at: Date,
): Promise<void> {
  if (orderIds.length === 0) return;
  await sql.query(
    `WITH bought AS (
       SELECT o.cart_id, l.variant_id, sum(l.quantity) AS quantity
       FROM orders o JOIN order_lines l ON l.order_id = o.id
       WHERE o.id = ANY($1) AND o.cart_id IS NOT NULL GROUP BY 1, 2
     ), emptied AS (
       DELETE FROM cart_lines c USING bought b
       WHERE c.cart_id = b.cart_id AND c.variant_id = b.variant_id AND c.quantity <= b.quantity
     ), reduced AS (
       UPDATE cart_lines c SET quantity = c.quantity - b.quantity FROM bought b
       WHERE c.cart_id = b.cart_id AND c.variant_id = b.variant_id AND c.quantity > b.quantity
     )
     UPDATE carts SET updated_at = $2 WHERE id IN (SELECT cart_id FROM bought)`,
    [orderIds, at],
  );
}
