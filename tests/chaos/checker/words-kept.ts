import { ofKind } from '../facts/told.js';
import { isDecided, isOver, isUndone } from './order-status.js';
import type { Rule } from './violation.js';

/** An order that was acknowledged is there, for the amount that was said, and was not quietly dropped. */
export const acknowledgedOrdersExist: Rule = {
  name: 'every acknowledged order exists',
  check({ told, orders }) {
    const byId = new Map(orders.map((order) => [order.id, order]));
    return ofKind(told, 'placed').flatMap(({ orderId, number, totalMinor, status, who }) => {
      const order = byId.get(orderId);
      const said = `${who} was told of ${number} as ${status}, ${totalMinor}`;
      if (!order) return [{ orderId, message: `${said}: there is no such order` }];
      if (order.number !== number || order.totalMinor !== totalMinor) {
        return [{ orderId, message: `${said}: it is ${order.number}, ${order.totalMinor}` }];
      }
      // Whoever was told PLACED holds a promise; only a cancellation or a return ends it.
      if (isDecided(status) && status !== 'FAILED' && order.status === 'FAILED') {
        return [{ orderId, message: `${said}: it is FAILED` }];
      }
      return [];
    });
  },
};

/** However often and by however many hands a key is sent. */
export const oneKeyOneOrder: Rule = {
  name: 'one key, one order',
  check({ told, orders }) {
    const orderOf = new Map(orders.map(({ key, id }) => [key, id]));
    return ofKind(told, 'placed').flatMap(({ key, orderId }) => {
      const first = orderOf.get(key) ?? orderId;
      orderOf.set(key, first);
      return first === orderId ? [] : [{ orderId, message: `key ${key} made ${first} and ${orderId}` }];
    });
  },
};

/** Nobody who was refused is found to have bought after all. */
export const refusalsHold: Rule = {
  name: 'a refusal is final',
  check({ told, orders }) {
    const refused = new Map(ofKind(told, 'refused').map(({ key, code }) => [key, code]));
    return orders.flatMap(({ id: orderId, key, number, status }) => {
      const code = refused.get(key);
      if (code === undefined || isOver(status)) return [];
      return [
        { orderId, message: `key ${key} was refused with ${code}, and its order ${number} is ${status}` },
      ];
    });
  },
};

/** What was called off stays off, what was sent back is back. */
export const undoingHolds: Rule = {
  name: 'a cancellation or return is final',
  check({ told, orders }) {
    const byId = new Map(orders.map((order) => [order.id, order]));
    return [...ofKind(told, 'cancelled'), ...ofKind(told, 'returned')].flatMap(({ kind, orderId, who }) => {
      const order = byId.get(orderId);
      if (order && isUndone(order)) return [];
      return [{ orderId, message: `${who} was told ${kind}, it is ${order?.status ?? 'missing'}` }];
    });
  },
};
