import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyCommand } from './apply-command.js';
import type { ShipmentMessage } from './messages.js';
import type { Leg, ScanKind } from './scan.js';
import {
  type Consignment,
  type Label,
  NO_SHIPMENT,
  type Operation,
  type Shipment,
  hasLeft,
} from './shipment.js';
import type { ShipmentCommand } from './shipment-command.js';

const ids = { orderId: 'o1', shipmentId: 's1' };
const consignment: Consignment = {
  number: 'S-1',
  service: 'standard',
  destination: { name: 'Ada', line1: 'Row', line2: null, city: 'Berlin', postalCode: '10115', country: 'DE' },
  lines: [],
  totalMinor: 1,
  currency: 'EUR',
  email: 'ada@souk.test',
};
const instant = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 0, minute));
const label = (trackingNumber: string): Label => ({ carrier: 'Kestrel', trackingNumber, eta: instant(60) });

/** What may happen at any moment: something is wanted, the carrier sees something, or it answers what it is asked. */
type Step =
  | { readonly wanted: ShipmentCommand }
  | { readonly seen: { readonly leg: Leg; readonly kind: ScanKind; readonly minute: number } }
  | 'carrier is asked'
  | 'carrier agrees'
  | 'carrier declines';

const wanted = fc.constantFrom<ShipmentCommand>(
  { type: 'RequestSchedule', consignment },
  { type: 'RequestCancel' },
  { type: 'RequestReturn', reason: 'Too small.' },
  { type: 'RequestAdvance', to: 'SHIPPED', at: instant(5) },
  { type: 'RequestAdvance', to: 'DELIVERED', at: instant(6) },
);
const seen = fc.record({
  leg: fc.constantFrom<Leg>('OUTBOUND', 'OUTBOUND', 'OUTBOUND', 'RETURN'),
  kind: fc.constantFrom<ScanKind>('PICKED_UP', 'MOVED', 'MOVED', 'DELIVERED', 'LOST'),
  minute: fc.nat(120),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: wanted.map((command) => ({ wanted: command })) },
  { weight: 4, arbitrary: seen.map((scan) => ({ seen: scan })) },
  {
    weight: 6,
    arbitrary: fc.constantFrom<Step>(
      'carrier is asked',
      'carrier agrees',
      'carrier agrees',
      'carrier declines',
    ),
  },
);

function answerTo(operation: Operation, agrees: boolean): ShipmentCommand {
  switch (operation) {
    case 'BOOK':
      return agrees
        ? { type: 'ReportBooked', label: label('KP1'), at: instant(1) }
        : { type: 'ReportRefused', reason: 'No.' };
    case 'CANCEL':
      return agrees ? { type: 'ReportCancelled' } : { type: 'ReportNotCancelled', reason: 'Gone.' };
    case 'BOOK_RETURN':
      return { type: 'ReportReturnBooked', label: label('KP2'), at: instant(90) };
  }
}

/** The command that a step is; undefined if it cannot happen: a carrier answers only what it was asked. */
function commandOf(next: Step, shipment: Shipment): ShipmentCommand | undefined {
  if (next === 'carrier is asked') return undefined;
  if (typeof next === 'object') {
    if ('wanted' in next) return next.wanted;
    const { minute, ...scan } = next.seen;
    return {
      type: 'ReportScan',
      scan: { ...scan, at: instant(minute), place: 'Leipzig, DE', message: 'Seen.', eta: null },
    };
  }
  if (!shipment.operation || shipment.attempts === 0) return undefined;
  return answerTo(shipment.operation, next === 'carrier agrees');
}

/** Every story that others may be told, apart from moves and refused cancellations, which may stand anywhere after shipping. */
const STORIES =
  /^(refused(,cancelled)?|cancelled|scheduled(,cancelled|,shipped(,lost|,delivered(,return-scheduled(,returned|,lost)?)?)?)?)?$/;

interface Run {
  readonly shipment: Shipment;
  readonly messages: readonly ShipmentMessage[];
  readonly tracked: readonly number[];
}

function run(steps: readonly Step[], times = 1): Run {
  let shipment = NO_SHIPMENT;
  const messages: ShipmentMessage[] = [];
  const tracked: number[] = [];
  for (const next of steps) {
    if (next === 'carrier is asked' && shipment.operation) {
      shipment = { ...shipment, attempts: shipment.attempts + 1 };
    }
    const command = commandOf(next, shipment);
    if (!command) continue;
    for (let time = 0; time < times; time += 1) {
      const before = shipment;
      const effect = applyCommand(command, { shipment, ids });
      shipment = effect.shipment;
      messages.push(...effect.messages);
      tracked.push(...effect.tracking.map(({ number }) => number));
      expect(hasLeft(before) && !hasLeft(shipment)).toBe(false);
    }
  }
  return { shipment, messages, tracked };
}

const typesOf = (messages: readonly ShipmentMessage[]): string[] =>
  messages.map(({ type }) => type.replace('shipment.', ''));
const storyOf = (messages: readonly ShipmentMessage[]): string =>
  typesOf(messages)
    .filter((type) => type !== 'moved' && type !== 'cancel-refused')
    .join(',');
/** Chance alone seldom gets as far as the interesting places. */
const beginnings: readonly (readonly Step[])[] = [
  [],
  [{ wanted: { type: 'RequestSchedule', consignment } }, 'carrier is asked'],
  [{ wanted: { type: 'RequestSchedule', consignment } }, 'carrier is asked', 'carrier agrees'],
  [
    { wanted: { type: 'RequestSchedule', consignment } },
    'carrier is asked',
    'carrier agrees',
    { wanted: { type: 'RequestAdvance', to: 'DELIVERED', at: instant(6) } },
    { wanted: { type: 'RequestReturn', reason: 'Too small.' } },
    'carrier is asked',
  ],
];
const stories = fc
  .tuple(fc.constantFrom(...beginnings), fc.array(step, { maxLength: 40 }))
  .map(([beginning, rest]) => [...beginning, ...rest]);

test('whatever happens in whatever order, others are told a story that makes sense', () => {
  const told = new Set<string>();
  fc.assert(
    fc.property(stories, (steps) => {
      const { messages, tracked, shipment } = run(steps);
      const story = storyOf(messages);
      told.add(story);
      expect(story).toMatch(STORIES);
      expect(messages.map(({ version }) => version)).toEqual(messages.map((_, index) => index + 1));
      expect(tracked).toEqual(tracked.map((_, index) => index + 1));
      expect([shipment.version, shipment.tracked]).toEqual([messages.length, tracked.length]);
      const types = typesOf(messages);
      const departure = types.indexOf('shipped');
      for (const [index, type] of types.entries()) {
        if (type === 'moved') expect(index).toBeGreaterThan(departure);
      }
      if (departure >= 0) expect(types).not.toContain('cancelled');
    }),
    { numRuns: 3_000 },
  );
  // The steps reach everything there is to reach.
  expect(told).toContain('scheduled,shipped,delivered,return-scheduled,returned');
  expect(told).toContain('scheduled,cancelled');
  expect(told).toContain('refused,cancelled');
});

test('news of a way never goes back in time', () => {
  fc.assert(
    fc.property(stories, (steps) => {
      const { messages } = run(steps);
      for (const leg of ['OUTBOUND', 'RETURN']) {
        const instants = messages.flatMap(({ type, payload }) =>
          type === 'shipment.moved' && payload['direction'] === leg ? [String(payload['at'])] : [],
        );
        expect(instants).toEqual([...instants].sort());
      }
    }),
    { numRuns: 2_000 },
  );
});

test('what was called off before it was asked for is never sent', () => {
  fc.assert(
    fc.property(stories, (steps) => {
      const { messages, shipment } = run([{ wanted: { type: 'RequestCancel' } }, ...steps]);
      expect(storyOf(messages)).toBe('cancelled');
      expect([shipment.status, shipment.operation]).toEqual(['CANCELLED', null]);
    }),
    { numRuns: 2_000 },
  );
});

test('a command that comes twice does what it does once', () => {
  fc.assert(
    fc.property(stories, (steps) => {
      // Moves have no state to be told by: a scan that comes twice is dropped by its id, before it gets here.
      const once = steps.filter(
        (one) => !(typeof one === 'object' && 'seen' in one && one.seen.kind === 'MOVED'),
      );
      const withoutRefusals = ({ messages }: Run): string[] =>
        typesOf(messages).filter((type) => type !== 'cancel-refused');
      expect(withoutRefusals(run(once, 2))).toEqual(withoutRefusals(run(once)));
    }),
    { numRuns: 2_000 },
  );
});

test('whatever is left undone, somebody is asked for it: nothing is stuck', () => {
  fc.assert(
    fc.property(stories, (steps) => {
      const { shipment } = run(steps);
      if (shipment.status === 'REQUESTED') expect(shipment.operation).toBe('BOOK');
      if (shipment.cancelWanted && shipment.status === 'SCHEDULED') expect(shipment.operation).toBe('CANCEL');
      if (shipment.status === 'DELIVERED' && shipment.returnReason !== null)
        expect(shipment.operation).toBe('BOOK_RETURN');
      expect(hasLeft(shipment) && shipment.cancelWanted).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});
