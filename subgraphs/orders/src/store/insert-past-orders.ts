import type { ShippingAddress } from '../domain/checkout-input.js';
import type { Currency, OrderedLine } from '../domain/order.js';
import { pastOrder } from '../domain/past-order.js';
import type { TimelineType } from '../domain/timeline.js';
import type { OrdersDatabase } from './database.js';

/** An order that was placed some time ago. */
export interface PastOrder {
  readonly id: string;
  readonly customerId: string | null;
  readonly email: string;
  readonly shippingAddress: ShippingAddress;
  readonly lines: readonly OrderedLine[];
  readonly totalMinor: number;
  readonly currency: Currency;
  readonly timeline: readonly { readonly type: TimelineType; readonly at: Date }[];
  readonly accessTokenHash: Buffer;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** In milliseconds: Prisma's five seconds are too few on a machine that starts everything at once. */
const PATIENCE = { maxWait: 30_000, timeout: 120_000 };

/** Writes orders down that nobody has to be told of; those that are there already are left out. */
export async function insertPastOrders(
  { prisma }: OrdersDatabase,
  orders: readonly PastOrder[],
): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const added = await tx.order.createManyAndReturn({
      data: orders.map(toRow),
      select: { id: true },
      skipDuplicates: true,
    });
    const ids = new Set(added.map(({ id }) => id));
    const fresh = orders.filter(({ id }) => ids.has(id));
    await tx.orderLine.createMany({
      data: fresh.flatMap(({ id, lines }) =>
        lines.map(({ variantId, quantity, unitPriceMinor }, index) => ({
          orderId: id,
          position: index + 1,
          variantId,
          quantity,
          unitPriceMinor,
        })),
      ),
    });
    await tx.timelineEntry.createMany({
      data: fresh.flatMap(({ id, timeline }) =>
        pastOrder(timeline).timeline.map((entry) => ({ ...entry, orderId: id })),
      ),
    });
  }, PATIENCE);
}

function toRow(order: PastOrder) {
  const { name, line1, line2, city, postalCode, country } = order.shippingAddress;
  const { status, version, stock, payment, accepted } = pastOrder(order.timeline).order;
  return {
    id: order.id,
    customerId: order.customerId,
    email: order.email,
    status,
    version,
    // Later events of the order must have higher versions than any that it might have sent.
    published: version * 2,
    stock,
    payment,
    accepted,
    currency: order.currency,
    totalMinor: order.totalMinor,
    shipName: name,
    shipLine1: line1,
    shipLine2: line2,
    shipCity: city,
    shipPostalCode: postalCode,
    shipCountry: country,
    accessTokenHash: new Uint8Array(order.accessTokenHash),
    decideBy: order.createdAt,
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
  };
}
