import { AppError } from '@souk/kit/errors';
import type { PageRequest } from '@souk/kit/graphql';
import { parseOrderNumber } from '../domain/order-number.js';
import type { OrderStatus } from '../domain/order-status.js';
import type { OrdersDatabase } from './database.js';
import type { Prisma } from './prisma-client/client.js';

/** Which orders a list shows. */
export interface OrderFilter {
  readonly customerId?: string;
  readonly statuses?: readonly OrderStatus[] | undefined;
  /** An order number, or part of an e-mail address or of the recipient's name. */
  readonly query?: string | undefined;
}

/** Newest first; the id decides between orders of the same millisecond. */
const NEWEST_FIRST = [{ createdAt: 'desc' }, { id: 'desc' }] as const;

/** Ids of a page, one more than asked for when there is a next page. */
export async function orderIdsOfPage(
  { prisma }: OrdersDatabase,
  filter: OrderFilter,
  page: PageRequest,
): Promise<string[]> {
  const rows = await prisma.order.findMany({
    where: { AND: [whereOf(filter), olderThan(page.after)] },
    orderBy: [...NEWEST_FIRST],
    take: page.limit + 1,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** How many orders the filter lets through. */
export const countOrders = ({ prisma }: OrdersDatabase, filter: OrderFilter): Promise<number> =>
  prisma.order.count({ where: whereOf(filter) });

/** A list's sort key of an order, for its cursor. */
export const cursorKeyOf = (order: { readonly id: string; readonly createdAt: Date }): readonly string[] => [
  order.createdAt.toISOString(),
  order.id,
];

function olderThan(after: PageRequest['after']): Prisma.OrderWhereInput {
  if (!after) return {};
  const [createdAt, id] = after;
  const at = new Date(createdAt ?? '');
  if (typeof createdAt !== 'string' || typeof id !== 'string' || Number.isNaN(at.getTime())) {
    throw new AppError(
      'BAD_USER_INPUT',
      '"after" is not a cursor of this list. Pass a page\'s endCursor, unchanged.',
    );
  }
  return { OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { lt: id } }] };
}

function whereOf({ customerId, statuses, query }: OrderFilter): Prisma.OrderWhereInput {
  const conditions: Prisma.OrderWhereInput[] = [];
  if (customerId !== undefined) conditions.push({ customerId });
  if (statuses) conditions.push({ status: { in: [...statuses] } });
  const text = query?.trim();
  if (text) {
    const number = parseOrderNumber(text);
    const contains = { contains: text, mode: 'insensitive' } as const;
    conditions.push({
      OR: [...(number === null ? [] : [{ number }]), { email: contains }, { shipName: contains }],
    });
  }
  return { AND: conditions };
}
