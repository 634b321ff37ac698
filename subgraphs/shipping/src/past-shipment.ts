import type { DemoOrder } from '@souk/demo-data/orders';
import { planWay } from './carrier/journey.js';
import { SIMULATED_NAME, trackingNumberOf } from './carrier/simulated.js';
import { applyCommand } from './domain/apply-command.js';
import { DEFAULT_SERVICE } from './domain/delivery-service.js';
import { type Label, NO_SHIPMENT } from './domain/shipment.js';
import type { ShipmentCommand } from './domain/shipment-command.js';
import type { PastShipment } from './store/insert-past-shipments.js';

/** No parcel of the demo takes longer, in milliseconds. */
const LONGEST_WAY_MS = 81 * 60 * 60 * 1_000;

/**
 * The parcel of a demo order, by the same decisions as any other.
 *
 * @returns undefined for an order that was never sent
 */
export function toPastShipment(order: DemoOrder, currency: string, now: Date): PastShipment | undefined {
  const paidAt = instantOf(order, 'PAID');
  if (!paidAt) return undefined;
  const orderId = order.id;
  const shipmentId = `shp_${orderId}`;
  const commands = [...commandsOf(order, { currency, shipmentId, paidAt, now })];
  let shipment = NO_SHIPMENT;
  const tracking = commands.flatMap((command) => {
    const effect = applyCommand(command, { shipment, ids: { orderId, shipmentId } });
    shipment = effect.shipment;
    return effect.tracking;
  });
  return {
    orderId,
    shipmentId,
    customerId: order.customerId,
    shipment,
    tracking,
    createdAt: paidAt,
    updatedAt: tracking.at(-1)?.at ?? paidAt,
  };
}

function* commandsOf(
  order: DemoOrder,
  facts: {
    readonly currency: string;
    readonly shipmentId: string;
    readonly paidAt: Date;
    readonly now: Date;
  },
): Generator<ShipmentCommand, void, undefined> {
  const { currency, shipmentId, paidAt, now } = facts;
  const { lines, totalMinor, email, shippingAddress: destination } = order;
  const leavesAt = instantOf(order, 'SHIPPED');
  const arrivedAt = instantOf(order, 'COMPLETE');
  const eta = arrivedAt ?? new Date((leavesAt ?? now).getTime() + LONGEST_WAY_MS);
  const label: Label = {
    carrier: SIMULATED_NAME,
    trackingNumber: trackingNumberOf(`${shipmentId}:book`),
    eta,
  };
  yield {
    type: 'RequestSchedule',
    consignment: {
      number: order.id,
      service: DEFAULT_SERVICE,
      destination: { ...destination, line2: destination.line2 ?? null },
      lines: lines.map(({ variantId, quantity }) => ({ variantId, quantity })),
      totalMinor,
      currency,
      email,
    },
  };
  yield { type: 'ReportBooked', label, at: paidAt };
  if (!leavesAt) return;
  for (const { kind, dueAt: at, place, message } of planWay({
    leg: 'OUTBOUND',
    destination,
    leavesAt,
    arrivesAt: eta,
  })) {
    if (at > now || (kind === 'DELIVERED' && !arrivedAt)) return;
    yield { type: 'ReportScan', scan: { leg: 'OUTBOUND', kind, at, place, message, eta: null } };
  }
}

function instantOf({ timeline }: DemoOrder, type: DemoOrder['timeline'][number]['type']): Date | undefined {
  const entry = timeline.find((one) => one.type === type);
  return entry && new Date(entry.at);
}
