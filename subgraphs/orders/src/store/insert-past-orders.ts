import type { ShippingAddress } from '../domain/checkout-input.js';
import type { Currency, OrderedLine } from '../domain/order.js';
import { pastOrder } from '../domain/past-order.js';
import type { TimelineType } from '../domain/timeline.js';
import type { OrdersDatabase } from './database.js';
import type { Prisma } from './prisma-client/client.js';
import { toSagaRow } from './saga-row.js';

/** An order that was placed some time ago. */
export interface PastOrder {
  readonly id: string;
  readonly customerId: string | null;
  readonly email: string;
  readonly shippingAddress: ShippingAddress;
  readonly lines: readonly OrderedLine[];
  readonly totalMinor: number;
  /** The part of the total that sending cost. */
  readonly shippingMinor: number;
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
  past: readonly PastOrder[],
  now: Date,
): Promise<void> {
  const orders = past.map((order) => ({ ...order, ...pastOrder(order.timeline, now) }));
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
      data: fresh.flatMap(({ id, timeline }) => timeline.map((entry) => ({ ...entry, orderId: id }))),
    });
    await tx.saga.createMany({ data: fresh.map(toSaga) });
    await tx.sagaEntry.createMany({
      data: fresh.flatMap(({ id, saga }) =>
        saga.map((entry, index) => ({ ...entry, orderId: id, sequence: index + 1 })),
      ),
    });
  }, PATIENCE);
}

/** A past order with what it has become. */
type Told = Omit<PastOrder, 'timeline'> & ReturnType<typeof pastOrder>;

function toRow(order: Told) {
  const { name, line1, line2, city, postalCode, country } = order.shippingAddress;
  const { status, version, accepted } = order.order;
  return {
    id: order.id,
    customerId: order.customerId,
    email: order.email,
    status,
    version,
    // Later events of the order must have higher versions than any that it might have sent.
    published: version * 3,
    accepted,
    currency: order.currency,
    totalMinor: order.totalMinor,
    shippingMinor: order.shippingMinor,
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

function toSaga({ id, order, saga, createdAt, updatedAt }: Told) {
  const { saga_status: status, due_at: dueAt } = toSagaRow(order);
  return {
    ...{ orderId: id, status, dueAt },
    // Prisma's JSON knows no dates.
    steps: JSON.parse(JSON.stringify(order.steps)) as Prisma.InputJsonValue,
    recorded: saga.length,
    startedAt: createdAt,
    updatedAt,
  };
}
