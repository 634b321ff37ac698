import { type Pool, type SqlExecutor, pgExecutor } from '@souk/kit/postgres';
import type { Cart, CartLine } from '../domain/cart.js';
import type { Buyer } from '../domain/buyer.js';
import type { Quote } from '../domain/catalogue.js';
import type { Currency } from '../domain/order.js';

/** Somebody who can have a cart. */
export type CartOwner = Exclude<Buyer, { kind: 'nobody' }>;

interface CartRow {
  readonly id: string;
  readonly updated_at: Date;
  readonly user_id: string | null;
  readonly token_hash: Buffer | null;
  readonly lines:
    | readonly {
        readonly id: string;
        readonly variantId: string;
        readonly quantity: number;
        readonly amountMinor: number;
        readonly currency: Currency;
        readonly weightGrams: number | null;
        readonly quotedAt: string;
      }[]
    | null;
}

/** A cart and whose it is. */
export interface OwnedCart extends Cart {
  readonly owner: CartOwner;
}

const READ = `
  SELECT c.id, c.updated_at, c.user_id, c.token_hash,
    (SELECT json_agg(json_build_object('id', id, 'variantId', variant_id, 'quantity', quantity,
       'amountMinor', unit_price_minor, 'currency', currency, 'weightGrams', weight_grams,
       'quotedAt', quoted_at) ORDER BY sequence)
     FROM cart_lines WHERE cart_id = c.id) AS lines
  FROM carts c`;

/** The owner's cart with its lines, in one round trip. */
export async function cartOf(pool: Pool, owner: CartOwner): Promise<OwnedCart | undefined> {
  const [row] = await pgExecutor(pool).query<CartRow>(
    `${READ} WHERE ${owner.kind === 'account' ? 'c.user_id' : 'c.token_hash'} = $1`,
    [keyOf(owner)],
  );
  return row && toCart(row);
}

/** Carts by id, whoever owns them, in any order. */
export async function cartsByIds(pool: Pool, ids: readonly string[]): Promise<OwnedCart[]> {
  const rows = await pgExecutor(pool).query<CartRow>(`${READ} WHERE c.id = ANY($1)`, [ids]);
  return rows.map(toCart);
}

const keyOf = (owner: CartOwner): string | Buffer =>
  owner.kind === 'account' ? owner.userId : owner.tokenHash;

function toCart(row: CartRow): OwnedCart {
  const owner: CartOwner =
    row.user_id === null
      ? // A check constraint wants exactly one of the two.
        { kind: 'guest', tokenHash: row.token_hash as Buffer }
      : { kind: 'account', userId: row.user_id };
  return { id: row.id, updatedAt: row.updated_at, owner, lines: (row.lines ?? []).map(toLine) };
}

const toLine = ({
  id,
  variantId,
  quantity,
  amountMinor,
  currency,
  weightGrams,
  quotedAt,
}: NonNullable<CartRow['lines']>[number]): CartLine => ({
  id,
  variantId,
  quantity,
  unitPrice: { amountMinor, currency },
  weightGrams,
  quotedAt: new Date(quotedAt),
});

/** Units to put into a cart, as quoted just now. */
export interface Addition extends Quote {
  readonly cartId: string;
  readonly lineId: string;
  readonly variantId: string;
  readonly quantity: number;
  readonly at: Date;
}

/** Makes the owner's cart if there is none and adds to the variant's line, which holds at most 99 units. */
export async function putIntoCart(pool: Pool, owner: CartOwner, addition: Addition): Promise<void> {
  const { cartId, lineId, variantId, quantity, unitPrice, weightGrams, at } = addition;
  const column = owner.kind === 'account' ? 'user_id' : 'token_hash';
  await pgExecutor(pool).query(
    `WITH cart AS (
       INSERT INTO carts (id, ${column}, created_at, updated_at) VALUES ($1, $2, $3, $3)
       ON CONFLICT (${column}) DO UPDATE SET updated_at = excluded.updated_at RETURNING id
     )
     INSERT INTO cart_lines AS line
       (id, cart_id, variant_id, quantity, unit_price_minor, currency, weight_grams, quoted_at)
     SELECT $4, cart.id, $5, $6, $7, $8::currency_code, $9, $3 FROM cart
     ON CONFLICT (cart_id, variant_id) DO UPDATE
     SET quantity = least(99, line.quantity + excluded.quantity), unit_price_minor = excluded.unit_price_minor,
         currency = excluded.currency, weight_grams = excluded.weight_grams, quoted_at = excluded.quoted_at`,
    [
      ...[cartId, keyOf(owner), at, lineId, variantId, quantity],
      ...[unitPrice.amountMinor, unitPrice.currency, weightGrams],
    ],
  );
}

/**
 * Locks a cart before its lines, as everything that changes a cart does, so that two changes wait for each other
 * instead of deadlocking.
 */
const lockedCart = (id: '$1' | '$2'): string =>
  `cart AS (SELECT id FROM carts WHERE id = ${id} FOR NO KEY UPDATE)`;

/** Sets a line's quantity; 0 removes it. Returns false if the cart has no such line. */
export async function setLineQuantity(
  pool: Pool,
  line: { readonly cartId: string; readonly lineId: string; readonly quantity: number; readonly at: Date },
): Promise<boolean> {
  const { cartId, lineId, quantity, at } = line;
  const change =
    quantity === 0
      ? 'DELETE FROM cart_lines AS line USING cart WHERE line.id = $1 AND line.cart_id = cart.id AND $3::int = 0'
      : 'UPDATE cart_lines AS line SET quantity = $3 FROM cart WHERE line.id = $1 AND line.cart_id = cart.id';
  const rows = await pgExecutor(pool).query(
    `WITH ${lockedCart('$2')}, changed AS (${change} RETURNING line.cart_id)
     UPDATE carts SET updated_at = $4 FROM changed WHERE carts.id = changed.cart_id RETURNING carts.id`,
    [lineId, cartId, quantity, at],
  );
  return rows.length > 0;
}

/** Stores new quotes of a cart's lines. */
export async function storeQuotes(
  pool: Pool,
  cartId: string,
  quotes: ReadonlyMap<string, Quote>,
  at: Date,
): Promise<void> {
  const rows = [...quotes].map(([variantId, { unitPrice, weightGrams }]) => ({
    variantId,
    ...unitPrice,
    weightGrams,
  }));
  await pgExecutor(pool).query(
    `WITH ${lockedCart('$1')}
     UPDATE cart_lines AS line SET unit_price_minor = q."amountMinor", currency = q.currency,
       weight_grams = q."weightGrams", quoted_at = $3
     FROM cart, jsonb_to_recordset($2::jsonb) AS q (
       "variantId" text, "amountMinor" int, currency currency_code, "weightGrams" int)
     WHERE line.cart_id = cart.id AND line.variant_id = q."variantId"`,
    [cartId, JSON.stringify(rows), at],
  );
}

/** True while a guest's cart can be merged. */
export async function hasGuestCart(pool: Pool, tokenHash: Buffer): Promise<boolean> {
  const rows = await pgExecutor(pool).query('SELECT FROM carts WHERE token_hash = $1', [tokenHash]);
  return rows.length > 0;
}

/** Moves a guest's lines into the account's cart; quantities add up to at most 99. The guest's cart is gone then. */
export async function mergeGuestCart(
  sql: SqlExecutor,
  guest: { readonly tokenHash: Buffer },
  account: { readonly userId: string; readonly newCartId: string },
  at: Date,
): Promise<void> {
  const [from] = await sql.query<{ id: string }>('SELECT id FROM carts WHERE token_hash = $1 FOR UPDATE', [
    guest.tokenHash,
  ]);
  if (!from) return;
  const [to] = await sql.query<{ id: string }>(
    `INSERT INTO carts (id, user_id, created_at, updated_at) VALUES ($1, $2, $3, $3)
     ON CONFLICT (user_id) DO UPDATE SET updated_at = excluded.updated_at RETURNING id`,
    [account.newCartId, account.userId, at],
  );
  if (!to) throw new Error('INSERT ... ON CONFLICT DO UPDATE always returns a row.');
  await sql.query(
    `UPDATE cart_lines mine SET quantity = least(99, mine.quantity + theirs.quantity) FROM cart_lines theirs
     WHERE mine.cart_id = $1 AND theirs.cart_id = $2 AND theirs.variant_id = mine.variant_id`,
    [to.id, from.id],
  );
  await sql.query(
    `UPDATE cart_lines SET cart_id = $1
     WHERE cart_id = $2 AND variant_id NOT IN (SELECT variant_id FROM cart_lines WHERE cart_id = $1)`,
    [to.id, from.id],
  );
  await sql.query('DELETE FROM carts WHERE id = $1', [from.id]);
}
