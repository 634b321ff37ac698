import { isUndone } from './order-status.js';
import type { Rule } from './violation.js';

/** Parcels that are with the buyer, or on the way to them. */
const OUT: ReadonlySet<string> = new Set(['SHIPPED', 'DELIVERED', 'RETURN_SCHEDULED']);

/** Who bought gets a parcel; nobody else does. */
export const parcelsMatchOrders: Rule = {
  name: 'a parcel for every order that stands, and for no other',
  check({ orders, shipments }) {
    const byOrder = new Map(shipments.map((shipment) => [shipment.orderId, shipment.status]));
    return orders.flatMap((order) => {
      const { id: orderId, number, status } = order;
      const parcel = byOrder.get(orderId) ?? 'NONE';
      const isOut = OUT.has(parcel);
      if (isUndone(order) && isOut)
        return [{ orderId, message: `${number} is ${status}, its parcel is ${parcel}` }];
      if (!isUndone(order) && status === 'COMPLETE' && !isOut) {
        return [{ orderId, message: `${number} is COMPLETE, its parcel is ${parcel}` }];
      }
      return [];
    });
  },
};
