import { AppError } from '@souk/kit/errors';
import { type Buyer, buyerOf, hashToken } from '../domain/buyer.js';
import { staleLines } from '../domain/cart.js';
import { type OwnedCart, cartOf, hasGuestCart, mergeGuestCart, storeQuotes } from '../store/carts.js';
import type { CommandDeps, CommandRequest } from './command-deps.js';

type CartDeps = Pick<CommandDeps, 'database' | 'catalogue' | 'clock' | 'newId' | 'logger'>;

/** A cart with quotes that hold. */
export interface CurrentCart extends OwnedCart {
  /** Variants that shoppers cannot buy any more; their lines keep the last price. */
  readonly gone: readonly string[];
}

/** The buyer's cart with quotes that hold, or undefined if there is none. A guest's cart becomes the account's on the way. */
export async function currentCart(deps: CartDeps, request: CommandRequest): Promise<CurrentCart | undefined> {
  const buyer = await settleBuyer(deps, request);
  if (buyer.kind === 'nobody') return undefined;
  const cart = await cartOf(deps.database.pool, buyer);
  return cart && withFreshQuotes(deps, cart);
}

/** Who buys. The first time that an account comes with a guest's cart token, that cart is merged into its own. */
export async function settleBuyer(deps: CartDeps, { viewer, cartToken }: CommandRequest): Promise<Buyer> {
  if (viewer.kind === 'user' && cartToken) await mergeCart(deps, viewer.userId, cartToken);
  return buyerOf(viewer, cartToken);
}

/** Merges a guest's cart into an account's. Once it is merged, its token names nothing and merging is a no-op. */
export async function mergeCart(deps: CartDeps, userId: string, cartToken: string): Promise<void> {
  const { database, clock, newId } = deps;
  const tokenHash = hashToken(cartToken);
  if (!(await hasGuestCart(database.pool, tokenHash))) return;
  await database.transaction((sql) =>
    mergeGuestCart(sql, { tokenHash }, { userId, newCartId: newId() }, clock()),
  );
}

/** Asks again for quotes older than ten minutes. If the catalogue is away, the last ones serve. */
async function withFreshQuotes(deps: CartDeps, cart: OwnedCart): Promise<CurrentCart> {
  const { database, catalogue, clock, logger } = deps;
  const now = clock();
  const stale = staleLines(cart.lines, now);
  if (stale.length === 0) return { ...cart, gone: [] };
  try {
    const quotes = await catalogue.quote(stale.map(({ variantId }) => variantId));
    await storeQuotes(database.pool, cart.id, quotes, now);
    const lines = cart.lines.map((line) => {
      const quote = quotes.get(line.variantId);
      return quote ? { ...line, ...quote, quotedAt: now } : line;
    });
    const gone = stale.map(({ variantId }) => variantId).filter((id) => !quotes.has(id));
    return { ...cart, lines, gone };
  } catch (error) {
    if (!(error instanceof AppError && error.retryable)) throw error;
    logger.warn({ err: error, cartId: cart.id }, 'prices cannot be asked for, the last ones serve');
    return { ...cart, gone: [] };
  }
}
