import type { Facts, OrderFact } from '../facts/facts.js';
import { isSold, isUndone } from './order-status.js';
import type { Rule } from './violation.js';

/** A movement of units, as `stock.changed` tells it. */
interface UnitMovement {
  readonly kind: 'held' | 'released' | 'committed' | 'restocked' | 'adjusted';
  readonly orderId?: string;
  readonly quantity: number;
}

/** Units of one order and variant that moved, by kind. */
interface Units {
  held: number;
  released: number;
  committed: number;
  restocked: number;
}

/** Each order's units move as it does: held once, then sold once, or given back once. */
export const unitsFollowOrders: Rule = {
  name: "each order's units are held once, and sold or given back once",
  check({ events, orders }) {
    const moved = unitsByOrder(events);
    return orders.flatMap((order) =>
      order.lines.flatMap(({ variantId, quantity }) => {
        const units = moved.get(`${order.id} ${variantId}`) ?? NOTHING;
        const message = whatIsWrong(order, units, quantity);
        if (message === undefined) return [];
        const { held, released, committed, restocked } = units;
        const words = `held ${held}, released ${released}, committed ${committed}, restocked ${restocked}`;
        return [
          {
            orderId: order.id,
            message: `${order.number} is ${order.status}, ${quantity} of ${variantId} ${message}: ${words}`,
          },
        ];
      }),
    );
  },
};

const NOTHING: Units = { held: 0, released: 0, committed: 0, restocked: 0 };

function whatIsWrong(order: OrderFact, units: Units, quantity: number): string | undefined {
  const { held, released, committed, restocked } = units;
  if (held > quantity) return 'were held more than once';
  if (released + committed > held || restocked > committed) return 'moved more than once';
  if (isUndone(order)) return held === released + restocked ? undefined : 'were not given back';
  if (isSold(order)) return committed === quantity && restocked === 0 ? undefined : 'did not leave';
  return undefined;
}

function unitsByOrder(events: Facts['events']): Map<string, Units> {
  const units = new Map<string, Units>();
  const counted = new Set<string>();
  for (const { type, aggregateId: variantId, version, payload } of events) {
    // An event that was told twice moved nothing twice.
    const name = `${variantId} ${version}`;
    if (type !== 'stock.changed' || counted.has(name)) continue;
    counted.add(name);
    // What inventory publishes; older events have none.
    for (const { kind, orderId, quantity } of (payload['movements'] ?? []) as readonly UnitMovement[]) {
      if (kind === 'adjusted' || orderId === undefined) continue;
      const key = `${orderId} ${variantId}`;
      const so = units.get(key) ?? { ...NOTHING };
      so[kind] += quantity;
      units.set(key, so);
    }
  }
  return units;
}
