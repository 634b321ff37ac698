import { createHmac, timingSafeEqual } from 'node:crypto';
import { isInternal, type Viewer } from '@souk/kit/auth';
import { hashToken } from './buyer.js';

/**
 * A guest's proof that an order is theirs. It is derived, not stored, so that a repeated `placeOrder` gives the same
 * one again while the database holds only its hash.
 *
 * @param secret at least 32 characters; with another one, tokens given earlier still open their orders
 */
export const accessTokenOf = (orderId: string, secret: string): string =>
  createHmac('sha256', secret).update(`order-access:${orderId}`).digest('base64url');

/** Who may see whose order. */
export interface OrderOwnership {
  readonly customerId: string | null;
  readonly accessTokenHash: Buffer;
}

/** True for the account that placed the order. */
export const isOwner = (viewer: Viewer, { customerId }: OrderOwnership): boolean =>
  viewer.kind === 'user' && viewer.userId === customerId;

/** True for the owner, for staff and services, and for whoever holds the order's access token. */
export function mayAccess(viewer: Viewer, order: OrderOwnership, accessToken?: string | null): boolean {
  if (isOwner(viewer, order) || isInternal(viewer)) return true;
  return Boolean(accessToken) && timingSafeEqual(hashToken(accessToken ?? ''), order.accessTokenHash);
}
