import { describe, expect, test } from 'vitest';
import { decide } from './decide.js';
import { evolve } from './evolve.js';
import { retryAfterMs } from './retry.js';
import type { Scan } from './scan.js';
import { type Consignment, type Label, NO_SHIPMENT, type Shipment, type ShipmentStatus } from './shipment.js';
import type { ShipmentCommand } from './shipment-command.js';
import type { ShipmentEvent } from './shipment-event.js';

const consignment: Consignment = {
  number: 'S-10042',
  service: 'standard',
  destination: {
    name: 'Ada Lovelace',
    line1: '12 Analytical Row',
    line2: null,
    city: 'Berlin',
    postalCode: '10115',
    country: 'DE',
  },
  lines: [{ variantId: 'lamp', quantity: 1 }],
  totalMinor: 1999,
  currency: 'EUR',
  email: 'ada@souk.test',
};
const instant = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 0, minute));
const label: Label = { carrier: 'Kestrel', trackingNumber: 'KP1', eta: instant(60) };
const scan = (kind: Scan['kind'], minute = 10, leg: Scan['leg'] = 'OUTBOUND'): Scan => ({
  leg,
  kind,
  at: instant(minute),
  place: 'Leipzig, DE',
  message: 'Seen.',
  eta: null,
});
const asked: ShipmentEvent = { type: 'ScheduleRequested', consignment };
const scheduled: ShipmentEvent = { type: 'Scheduled', label, at: instant(0) };
const shipped: ShipmentEvent = { type: 'Shipped', scan: scan('PICKED_UP') };
const delivered: ShipmentEvent = { type: 'Delivered', scan: scan('DELIVERED', 30) };
const returnScheduled: ShipmentEvent = { type: 'ReturnScheduled', label, at: instant(40) };
const ALL_THE_WAY: Readonly<Record<ShipmentStatus, readonly ShipmentEvent[]>> = {
  NEW: [],
  REQUESTED: [asked],
  REFUSED: [asked, { type: 'Refused', reason: 'No.' }],
  SCHEDULED: [asked, scheduled],
  CANCELLED: [{ type: 'Cancelled' }],
  SHIPPED: [asked, scheduled, shipped],
  DELIVERED: [asked, scheduled, shipped, delivered],
  RETURN_SCHEDULED: [
    asked,
    scheduled,
    shipped,
    delivered,
    { type: 'ReturnRequested', reason: 'No.' },
    returnScheduled,
  ],
  RETURNING: [
    asked,
    scheduled,
    shipped,
    delivered,
    { type: 'ReturnRequested', reason: 'No.' },
    returnScheduled,
    { type: 'Moved', scan: scan('PICKED_UP', 50, 'RETURN') },
  ],
  RETURNED: [
    asked,
    scheduled,
    shipped,
    delivered,
    { type: 'ReturnRequested', reason: 'No.' },
    returnScheduled,
    { type: 'Returned', scan: scan('DELIVERED', 60, 'RETURN') },
  ],
  LOST: [asked, scheduled, shipped, { type: 'Lost', scan: scan('LOST', 20) }],
};
const STATUSES = Object.keys(ALL_THE_WAY) as ShipmentStatus[];
const shipmentIn = (status: ShipmentStatus): Shipment => ALL_THE_WAY[status].reduce(evolve, NO_SHIPMENT);

const given = (...events: ShipmentEvent[]) => after(events.reduce(evolve, NO_SHIPMENT));
const after = (shipment: Shipment) => ({
  /** The carrier is being asked at this moment. */
  begun: () => after({ ...shipment, attempts: shipment.attempts + 1 }),
  when: (command: ShipmentCommand) => ({ then: expect(decide(command, shipment).map(({ type }) => type)) }),
  is: expect([shipment.status, shipment.operation]),
});

describe('every command in every state', () => {
  const commands: Readonly<Record<string, ShipmentCommand>> = {
    schedule: { type: 'RequestSchedule', consignment },
    cancel: { type: 'RequestCancel' },
    return: { type: 'RequestReturn', reason: 'Too small.' },
    'advance to shipped': { type: 'RequestAdvance', to: 'SHIPPED', at: instant(70) },
    'advance to delivered': { type: 'RequestAdvance', to: 'DELIVERED', at: instant(70) },
    booked: { type: 'ReportBooked', label, at: instant(0) },
    refused: { type: 'ReportRefused', reason: 'No.' },
    cancelled: { type: 'ReportCancelled' },
    'not cancelled': { type: 'ReportNotCancelled', reason: 'No.' },
    'return booked': { type: 'ReportReturnBooked', label, at: instant(40) },
    'picked up': { type: 'ReportScan', scan: scan('PICKED_UP') },
    moved: { type: 'ReportScan', scan: scan('MOVED', 80) },
    delivered: { type: 'ReportScan', scan: scan('DELIVERED', 80) },
    lost: { type: 'ReportScan', scan: scan('LOST', 80) },
    'moved back': { type: 'ReportScan', scan: scan('MOVED', 80, 'RETURN') },
    'picked up to come back': { type: 'ReportScan', scan: scan('PICKED_UP', 80, 'RETURN') },
    'came back': { type: 'ReportScan', scan: scan('DELIVERED', 80, 'RETURN') },
    'lost on its way back': { type: 'ReportScan', scan: scan('LOST', 80, 'RETURN') },
  };
  /** What is not listed has no effect. */
  const EFFECTS: Readonly<Record<string, Partial<Record<ShipmentStatus, readonly string[]>>>> = {
    schedule: { NEW: ['ScheduleRequested'] },
    cancel: {
      NEW: ['Cancelled'],
      REQUESTED: ['Cancelled'],
      REFUSED: ['Cancelled'],
      SCHEDULED: ['CancelRequested'],
      SHIPPED: ['CancelRefused'],
      DELIVERED: ['CancelRefused'],
      RETURN_SCHEDULED: ['CancelRefused'],
      RETURNING: ['CancelRefused'],
      RETURNED: ['CancelRefused'],
      LOST: ['CancelRefused'],
    },
    return: {
      NEW: ['ReturnRequested'],
      REQUESTED: ['ReturnRequested'],
      SCHEDULED: ['ReturnRequested'],
      SHIPPED: ['ReturnRequested'],
      DELIVERED: ['ReturnRequested'],
    },
    'advance to shipped': {
      NEW: ['AdvanceRequested'],
      REQUESTED: ['AdvanceRequested'],
      SCHEDULED: ['Shipped'],
    },
    'advance to delivered': {
      NEW: ['AdvanceRequested'],
      REQUESTED: ['AdvanceRequested'],
      SCHEDULED: ['Shipped', 'Delivered'],
      SHIPPED: ['Delivered'],
    },
    booked: { REQUESTED: ['Scheduled'] },
    refused: { REQUESTED: ['Refused'] },
    'picked up': { SCHEDULED: ['Shipped'] },
    moved: { SCHEDULED: ['Shipped'], SHIPPED: ['Moved'] },
    delivered: { SCHEDULED: ['Shipped', 'Delivered'], SHIPPED: ['Delivered'] },
    lost: { SCHEDULED: ['Shipped', 'Lost'], SHIPPED: ['Lost'] },
    'picked up to come back': { RETURN_SCHEDULED: ['Moved'] },
    'moved back': { RETURN_SCHEDULED: ['Moved'], RETURNING: ['Moved'] },
    'came back': { RETURN_SCHEDULED: ['Returned'], RETURNING: ['Returned'] },
    'lost on its way back': { RETURN_SCHEDULED: ['Lost'], RETURNING: ['Lost'] },
  };
  test.each(Object.entries(commands))('%s', (name, command) => {
    const effects = STATUSES.map((status) => [
      status,
      decide(command, shipmentIn(status)).map(({ type }) => type),
    ]);
    expect(effects).toEqual(STATUSES.map((status) => [status, EFFECTS[name]?.[status] ?? []]));
  });
  test('the states are what they are called', () => {
    expect(STATUSES.map((status) => shipmentIn(status).status)).toEqual(STATUSES);
  });
});

describe('the carrier', () => {
  test('is asked to book, and to bring back what has arrived', () => {
    given(asked).is.toEqual(['REQUESTED', 'BOOK']);
    given(asked, scheduled).is.toEqual(['SCHEDULED', null]);
    const unwanted: ShipmentEvent = { type: 'ReturnRequested', reason: 'Too small.' };
    given(asked, scheduled, unwanted, shipped).is.toEqual(['SHIPPED', null]);
    given(asked, scheduled, unwanted, shipped, delivered).is.toEqual(['DELIVERED', 'BOOK_RETURN']);
    given(asked, scheduled, shipped, delivered, unwanted)
      .when({ type: 'ReportReturnBooked', label, at: instant(40) })
      .then.toEqual(['ReturnScheduled']);
  });
  test('finishes a booking that was begun before the parcel is called off', () => {
    given(asked).begun().when({ type: 'RequestCancel' }).then.toEqual(['CancelRequested']);
    given(asked, { type: 'CancelRequested' }).is.toEqual(['REQUESTED', 'BOOK']);
    given(asked, { type: 'CancelRequested' }, scheduled).is.toEqual(['SCHEDULED', 'CANCEL']);
    given(asked, { type: 'CancelRequested' })
      .when({ type: 'ReportRefused', reason: 'No.' })
      .then.toEqual(['Cancelled']);
  });
  test('says whether a parcel can be held back', () => {
    const cancelling = given(asked, scheduled, { type: 'CancelRequested' });
    cancelling.when({ type: 'RequestCancel' }).then.toEqual([]);
    cancelling.when({ type: 'ReportCancelled' }).then.toEqual(['Cancelled']);
    cancelling.when({ type: 'ReportNotCancelled', reason: 'Gone.' }).then.toEqual(['CancelRefused']);
    given(
      asked,
      scheduled,
      { type: 'CancelRequested' },
      { type: 'CancelRefused', reason: 'Gone.' },
    ).is.toEqual(['SCHEDULED', null]);
  });
  test('picks up a parcel that it was asked to hold back: whoever asked is told', () => {
    const cancelling = given(asked, scheduled, { type: 'CancelRequested' });
    for (const kind of ['PICKED_UP', 'MOVED'] as const) {
      cancelling.when({ type: 'ReportScan', scan: scan(kind) }).then.toEqual(['Shipped', 'CancelRefused']);
    }
    cancelling
      .when({ type: 'ReportScan', scan: scan('DELIVERED') })
      .then.toEqual(['Shipped', 'CancelRefused', 'Delivered']);
    cancelling
      .when({ type: 'RequestAdvance', to: 'SHIPPED', at: instant(5) })
      .then.toEqual(['Shipped', 'CancelRefused']);
  });
  test('is asked anew, and counted anew, when something else is wanted of it', () => {
    const begun = { ...given(asked), ...[asked].reduce(evolve, NO_SHIPMENT), attempts: 3 };
    expect(evolve(begun, { type: 'CancelRequested' }).attempts).toBe(3);
    expect(evolve(begun, scheduled).attempts).toBe(0);
  });
});

describe('staff', () => {
  test('may be ahead of the label', () => {
    const ahead: ShipmentEvent = { type: 'AdvanceRequested', to: 'DELIVERED' };
    given(ahead, asked)
      .when({ type: 'ReportBooked', label, at: instant(1) })
      .then.toEqual(['Scheduled', 'Shipped', 'Delivered']);
    given(ahead)
      .when({ type: 'RequestAdvance', to: 'SHIPPED', at: instant(1) })
      .then.toEqual([]);
    given(ahead).when({ type: 'RequestSchedule', consignment }).then.toEqual(['ScheduleRequested']);
  });
});

describe('a scan that comes late', () => {
  test('is noted, and is no news', () => {
    const moved: ShipmentEvent = { type: 'Moved', scan: scan('MOVED', 20) };
    given(asked, scheduled, shipped, moved)
      .when({ type: 'ReportScan', scan: scan('MOVED', 15) })
      .then.toEqual(['Noted']);
    given(asked, scheduled, shipped, moved)
      .when({ type: 'ReportScan', scan: scan('MOVED', 25) })
      .then.toEqual(['Moved']);
  });
  test('changes neither version nor what is expected, a new one may', () => {
    const before = shipmentIn('SHIPPED');
    const noted = evolve(before, { type: 'Noted', scan: { ...scan('MOVED', 1), eta: instant(99) } });
    expect(noted).toEqual({ ...before, tracked: before.tracked + 1 });
    const moved = evolve(before, { type: 'Moved', scan: { ...scan('MOVED', 20), eta: instant(99) } });
    expect([moved.version, moved.label?.eta]).toEqual([before.version + 1, instant(99)]);
  });
});

test('attempts are made further and further apart, for ever', () => {
  const pauses = Array.from({ length: 30 }, (_, index) => retryAfterMs(index + 1));
  expect(pauses.slice(0, 3)).toEqual([250, 500, 1_000]);
  expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
  expect(pauses.at(-1)).toBe(60_000);
});
