import type {
  EventFact,
  Facts,
  Movement,
  OrderFact,
  SagaEntryFact,
  ShipmentFact,
  Stock,
} from '../../facts/facts.js';
import type { News, Told } from '../../facts/told.js';

const AT = Date.UTC(2026, 0, 1);
let serial = 0;

export const told = (who: string, news: News): Told => ({ at: AT + (serial += 1), who, ...news });

export const order = (id: string, status: string, overrides: Partial<OrderFact> = {}): OrderFact => ({
  id,
  number: `S-${id}`,
  key: `key-${id}`,
  status,
  isReturned: false,
  version: 5,
  totalMinor: 1_000,
  lines: [{ variantId: 'lamp', quantity: 2 }],
  ...overrides,
});

export const placed = (one: OrderFact, overrides: Partial<Extract<News, { kind: 'placed' }>> = {}): Told =>
  told('buyer', {
    kind: 'placed',
    key: one.key,
    orderId: one.id,
    number: one.number,
    status: 'PLACED',
    totalMinor: one.totalMinor,
    lines: one.lines,
    ...overrides,
  });

export const moved = (orderId: string, kind: Movement['kind'], amountMinor = 1_000): Movement => ({
  orderId,
  kind,
  amountMinor,
  at: AT,
});

export const stock = (onHand: number, reserved = 0): Stock => ({
  onHand,
  reserved,
  available: onHand - reserved,
});

/** @param movements as `held kept 2`: kind, order, units */
export const stockChanged = (
  variantId: string,
  version: number,
  units: Stock,
  ...movements: string[]
): EventFact => ({
  id: `${variantId}-${version}-${(serial += 1)}`,
  source: 'inventory',
  type: 'stock.changed',
  position: serial,
  aggregateId: variantId,
  version,
  at: AT + serial,
  payload: {
    variantId,
    ...units,
    movements: movements.map((movement) => {
      const [kind, orderId, quantity] = movement.split(' ');
      return { kind, orderId, quantity: Number(quantity) };
    }),
  },
});

/** @param entries as `6 RESERVE_STOCK ASKED_AGAIN`: seconds, step, type */
export const sagaLog = (orderId: string, ...entries: string[]): SagaEntryFact[] =>
  entries.map((entry, index) => {
    const [seconds, step = '', type = ''] = entry.split(' ');
    return { orderId, sequence: index + 1, at: AT + Number(seconds) * 1_000, step, type };
  });

/** A request of orders for a step of a saga. */
export const requested = (orderId: string, type: string, version = 1): EventFact => ({
  id: `${orderId}-${type}-${(serial += 1)}`,
  source: 'orders',
  type,
  position: serial,
  aggregateId: orderId,
  version,
  at: AT + serial,
  payload: { orderId },
});

export const parcel = (orderId: string, status: string): ShipmentFact => ({
  orderId,
  status,
  isReturnWanted: false,
});

export const pushed = (orderId: string, status: string, version: number, who = 'watcher'): Told =>
  told(who, { kind: 'pushed', orderId, status, version, way: 'SSE' });

export const watching = (orderId: string, who = 'watcher'): Told =>
  told(who, { kind: 'watching', orderId, way: 'SSE' });

export const stockPushed = (variantId: string, units: Stock, who = 'shelf'): Told =>
  told(who, { kind: 'stock-pushed', variantId, stock: units, way: 'WebSocket' });

export const watchingStock = (variantIds: readonly string[], who = 'shelf'): Told =>
  told(who, { kind: 'watching-stock', variantIds, way: 'WebSocket' });

/** One order that was delivered, one that was called off, one that was declined: all as it should be. */
export function soundFacts(overrides: Partial<Facts> = {}): Facts {
  const facts = soundRun(overrides);
  // What owners published is what the event store has, unless a test says otherwise.
  const eventIds = facts.events.map(({ id }) => id);
  return { ...facts, eventStore: { broken: undefined, differences: 0, eventIds, ...overrides.eventStore } };
}

function soundRun(overrides: Partial<Facts>): Omit<Facts, 'eventStore'> {
  const kept = order('kept', 'COMPLETE');
  const off = order('off', 'CANCELLED');
  const declined = order('declined', 'FAILED');
  return {
    orders: [kept, off, declined],
    told: [
      placed(kept, { status: 'PENDING' }),
      placed(kept),
      placed(off),
      told('buyer', { kind: 'cancelled', orderId: off.id }),
      told('buyer', { kind: 'refused', key: declined.key, code: 'PAYMENT_DECLINED' }),
      told('staff', { kind: 'adjusted', key: 'more lamps', variantId: 'lamp', delta: 10 }),
      watching('kept'),
      pushed('kept', 'PLACED', 3),
      pushed('kept', 'PLACED', 3),
      pushed('kept', 'COMPLETE', 5),
      watching('off'),
      pushed('off', 'CANCELLED', 5),
    ],
    movements: [
      moved('kept', 'hold'),
      moved('kept', 'capture'),
      moved('off', 'hold'),
      moved('off', 'capture'),
      moved('off', 'refund'),
      moved('declined', 'hold'),
      moved('declined', 'release'),
    ],
    stockBefore: new Map([['lamp', stock(20, 1)]]),
    stockAfter: new Map([['lamp', stock(28, 1)]]),
    events: [
      stockChanged('lamp', 1, stock(20, 1)),
      stockChanged('lamp', 2, stock(20, 5), 'held kept 2', 'held off 2'),
      stockChanged('lamp', 3, stock(16, 1), 'committed kept 2', 'committed off 2'),
      stockChanged('lamp', 4, stock(26, 1), 'adjusted - 10'),
      stockChanged('lamp', 5, stock(28, 3), 'restocked off 2', 'held declined 2'),
      stockChanged('lamp', 6, stock(28, 1), 'released declined 2'),
      requested('kept', 'stock.reserve-requested'),
      requested('kept', 'stock.reserve-requested'),
      requested('kept', 'payment.authorize-requested'),
    ],
    shipments: [parcel('kept', 'DELIVERED'), parcel('off', 'CANCELLED')],
    openSagas: [],
    sagaLog: sagaLog(
      'kept',
      '0 RESERVE_STOCK ASKED',
      '5 RESERVE_STOCK ASKED_AGAIN',
      '7 RESERVE_STOCK DONE',
      '7 AUTHORIZE_PAYMENT ASKED',
      '8 AUTHORIZE_PAYMENT DONE',
    ),
    deadLetters: [],
    ...overrides,
  };
}
