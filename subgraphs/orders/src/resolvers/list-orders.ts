import { type PageArguments, connectionOf, pageRequest } from '@souk/kit/graphql';
import { type OrderFilter, countOrders, cursorKeyOf, orderIdsOfPage } from '../store/order-pages.js';
import type { Context } from './context.js';
import type { OrderConnectionModel } from './models.js';

/** A page of orders, newest first: the ids by keyset, then the orders in one read. */
export async function listOrders(
  { deps, orders }: Context,
  filter: OrderFilter,
  args: PageArguments,
  defaults: { readonly first: number },
): Promise<OrderConnectionModel> {
  const page = pageRequest(args, defaults);
  const ids = await orderIdsOfPage(deps.database, filter, page);
  const found = await Promise.all(ids.map((id) => orders.load(id)));
  const connection = connectionOf(
    found.filter((order) => order !== null),
    page,
    cursorKeyOf,
  );
  return { ...connection, count: () => countOrders(deps.database, filter) };
}
