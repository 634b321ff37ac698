import { AppError } from '@souk/kit/errors';
import { mayAccess } from '../domain/order-access.js';
import type { OrderRecord } from '../domain/order-record.js';
import type { Context } from './context.js';

/**
 * An order that the viewer may read.
 *
 * @throws AppError NOT_FOUND alike for an unknown order and for somebody else's, so that ids cannot be tried out.
 */
export async function readableOrder(
  { orders, viewer }: Pick<Context, 'orders' | 'viewer'>,
  id: string,
  accessToken: string | null | undefined,
): Promise<OrderRecord> {
  const order = await orders.load(id);
  if (order && mayAccess(viewer, order, accessToken)) return order;
  throw new AppError(
    'NOT_FOUND',
    'There is no such order, or it is not yours. Sign in, or send the accessToken that placeOrder returned.',
  );
}
