import type { Leg } from '../domain/scan.js';
import type { ShipmentStatus } from '../domain/shipment.js';
import type { ShippingDatabase } from './database.js';

/** A shipment as readers see it. */
export interface ShipmentRecord {
  readonly orderId: string;
  readonly shipmentId: string;
  readonly customerId: string | null;
  readonly status: ShipmentStatus;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly eta: Date | null;
  readonly returnCarrier: string | null;
  readonly returnTrackingNumber: string | null;
  readonly returnEta: Date | null;
}

/** A line of an order's history. */
export interface TrackingRecord {
  readonly orderId: string;
  readonly number: number;
  readonly leg: Leg;
  readonly at: Date;
  readonly place: string;
  readonly message: string;
}

/** Shipments of orders in one round trip, in any order; missing ones are left out. */
export function shipmentsOfOrders(
  { prisma }: ShippingDatabase,
  orderIds: readonly string[],
): Promise<ShipmentRecord[]> {
  return prisma.shipment.findMany({
    where: { orderId: { in: [...orderIds] } },
    select: {
      orderId: true,
      shipmentId: true,
      customerId: true,
      status: true,
      carrier: true,
      trackingNumber: true,
      eta: true,
      returnCarrier: true,
      returnTrackingNumber: true,
      returnEta: true,
    },
  });
}

/** Histories of orders in one round trip, each oldest first. */
export async function trackingOfOrders(
  { prisma }: ShippingDatabase,
  orderIds: readonly string[],
): Promise<TrackingRecord[][]> {
  const rows = await prisma.trackingEvent.findMany({
    where: { orderId: { in: [...orderIds] } },
    orderBy: [{ at: 'asc' }, { number: 'asc' }],
  });
  const byOrder = new Map<string, TrackingRecord[]>(orderIds.map((id) => [id, []]));
  for (const row of rows) byOrder.get(row.orderId)?.push(row);
  return orderIds.map((id) => byOrder.get(id) ?? []);
}
