import { AppError } from '@souk/kit/errors';
import type { Context } from './context.js';

/**
 * The same resolver, which fails while the drill `SHIPPING_DOWN` is held: for the rest of the graph it is as if shipping could
 * not be reached.
 *
 * @example shippingOptions: whileUp((_parent, enquiry, { offersFor }) => offersFor(enquiry))
 */
export const whileUp =
  <Parent, Args, Result>(resolve: (parent: Parent, args: Args, context: Context) => Result) =>
  async (parent: Parent, args: Args, context: Context): Promise<Awaited<Result>> => {
    if (await context.isDown()) throw down();
    return await resolve(parent, args, context);
  };

const down = (): AppError =>
  new AppError(
    'UNAVAILABLE',
    'Shipping is down, because staff hold a drill. Try again once the drill has ended.',
  );
