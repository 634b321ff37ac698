import type { Buyer } from '../domain/buyer.js';
import type { CartOwner } from '../store/carts.js';

/** True if the buyer is the cart's owner. */
export function ownsCart(buyer: Buyer, owner: CartOwner): boolean {
  if (buyer.kind === 'account') return owner.kind === 'account' && owner.userId === buyer.userId;
  if (buyer.kind === 'guest') return owner.kind === 'guest' && owner.tokenHash.equals(buyer.tokenHash);
  return false;
}
