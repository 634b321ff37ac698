import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NOTHING_YET, START, type Story, facts, next } from './__fixtures__/an-order.js';
import { REFERENCE, type Reference, referTo, statusOf } from './__fixtures__/reference.js';
import { type Incident, type Moods, type World, createWorld } from './__fixtures__/world.js';
import type { OrderMessage } from './messages.js';
import { standingOf } from './order.js';
import type { OrderCommand } from './order-command.js';
import { STATUS_RANK, isUndone } from './order-status.js';
import { placementOf } from './placement.js';
import { dueAt, sagaStatusOf } from './saga-status.js';
import { standingAt } from './timeline.js';

/** One thing that happens. `pick` chooses among what is under way; `again` leaves a copy of it for later. */
type Turn =
  | { readonly do: 'deliver a request' | 'deliver a report'; readonly pick: number; readonly again: boolean }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'command'; readonly command: OrderCommand }
  | { readonly do: 'incident'; readonly incident: Incident };

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

const deliveries = fc.record({
  do: fc.constantFrom('deliver a request' as const, 'deliver a report' as const),
  pick: fc.nat(50),
  again: fc.boolean(),
});
const commands = fc.oneof(
  fc.constantFrom<OrderCommand>(
    { type: 'Receive' },
    { type: 'Cancel', reason: 'Changed my mind.' },
    { type: 'Return', reason: null },
    { type: 'Retry' },
    { type: 'Compensate', reason: null },
  ),
  fc
    .constantFrom('PENDING', 'PLACED', 'PAID', 'SHIPPED', 'COMPLETE', 'CANCELLED', 'FAILED')
    .map((to): OrderCommand => ({ type: 'Transition', to, message: null })),
);
const turns: fc.Arbitrary<Turn> = fc.oneof(
  { weight: 12, arbitrary: deliveries },
  {
    weight: 1,
    arbitrary: fc
      .oneof(
        { weight: 5, arbitrary: fc.integer({ min: 1, max: 20 * SECOND }) },
        { weight: 1, arbitrary: fc.integer({ min: 1, max: 30 * HOUR }) },
      )
      .map((ms): Turn => ({ do: 'wait', ms })),
  },
  { weight: 1, arbitrary: commands.map((command): Turn => ({ do: 'command', command })) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom<Incident>(
        ...(['RESERVATION_EXPIRES', 'BUYER_CONFIRMS', 'STAFF_REFUNDS_A_PART', 'PARCEL_LEAVES'] as const),
        ...(['PARCEL_MOVES', 'PARCEL_ARRIVES', 'PARCEL_IS_LOST', 'PARCEL_COMES_BACK'] as const),
      )
      .map((incident): Turn => ({ do: 'incident', incident })),
  },
);
/** Mostly good, or few orders would get far. */
const mood = <Good extends string, Bad extends string>(good: Good, ...bad: Bad[]): fc.Arbitrary<Good | Bad> =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(good) }, { weight: 1, arbitrary: fc.constantFrom(...bad) });
const moods: fc.Arbitrary<Moods> = fc.record({
  stock: mood('ENOUGH', 'TOO_LITTLE'),
  bank: mood('APPROVES', 'DECLINES', 'CHALLENGES'),
  capture: mood('WORKS', 'IS_REFUSED'),
  carrier: mood('TAKES_IT', 'REFUSES'),
});

/** An order among its services, with everything that is under way between them. */
class Run {
  story: Story = NOTHING_YET;
  reference: Reference = REFERENCE;
  now = START.getTime();
  readonly requests: OrderMessage[] = [];
  readonly reports: OrderCommand[] = [];

  readonly world: World;

  constructor(world: World) {
    this.world = world;
    this.command({ type: 'Receive' });
  }

  command(command: OrderCommand): void {
    const before = this.story;
    this.story = next(before, command, new Date(this.now));
    this.requests.push(...this.story.messages.slice(before.messages.length));
    this.reference = referTo(this.reference, command, this.now);
    expect(this.story.order.status).toBe(statusOf(this.reference));
  }

  wait(ms: number): void {
    this.now += ms;
    this.command({ type: 'Tick' });
  }

  deliverRequest(pick: number, again: boolean): void {
    const request = takeOne(this.requests, pick, again);
    if (request) this.world.receive(request);
    this.reports.push(...this.world.answers.splice(0));
  }

  deliverReport(pick: number, again: boolean): void {
    const report = takeOne(this.reports, pick, again);
    if (report) this.command(report);
  }

  incident(incident: Incident): void {
    this.world.happen(incident);
    this.reports.push(...this.world.answers.splice(0));
  }

  take(turn: Turn): void {
    if (turn.do === 'wait') this.wait(turn.ms);
    else if (turn.do === 'command') this.command(turn.command);
    else if (turn.do === 'incident') this.incident(turn.incident);
    else if (turn.do === 'deliver a request') this.deliverRequest(turn.pick, turn.again);
    else this.deliverReport(turn.pick, turn.again);
  }

  /** What is under way arrives. If nothing is, buyers confirm and parcels travel. */
  goWell(): void {
    this.deliverRequest(0, false);
    this.deliverReport(0, false);
    if (this.requests.length + this.reports.length > 0) return;
    for (const incident of [
      'BUYER_CONFIRMS',
      'PARCEL_LEAVES',
      'PARCEL_ARRIVES',
      'PARCEL_COMES_BACK',
    ] as const) {
      if (this.reports.length === 0) this.incident(incident);
    }
  }

  /** Nothing new goes wrong, and where nothing happens, time passes. */
  comeToRest(): void {
    for (let rounds = 0; rounds < 2_000; rounds += 1) {
      this.goWell();
      if (this.requests.length + this.reports.length > 0) continue;
      const status = sagaStatusOf(this.story.order);
      if (status === 'COMPLETE' || status === 'COMPENSATED') return;
      const due = dueAt(this.story.order)?.getTime();
      if (due === undefined) throw new Error('The saga waits for something, and nobody will ask for it.');
      this.now = Math.max(this.now, due);
      this.command({ type: 'Tick' });
    }
    throw new Error(`The saga never came to rest: ${JSON.stringify(this.story.order)}`);
  }
}

function takeOne<Item>(bag: Item[], pick: number, again: boolean): Item | undefined {
  const place = pick % Math.max(1, bag.length);
  return again ? bag[place] : bag.splice(place, 1)[0];
}

const RUNS = { numRuns: 1_000 };
/** A number is for so many turns in which all goes well, so that every part of an order's way is visited often. */
const run = (kinds: Moods, script: readonly (Turn | number)[]): Run => {
  const tried = new Run(createWorld(kinds));
  for (const turn of script) {
    if (typeof turn === 'number') for (let left = turn; left > 0; left -= 1) tried.goWell();
    else tried.take(turn);
  }
  return tried;
};
const scriptsOf = (kind: fc.Arbitrary<Turn>): fc.Arbitrary<(Turn | number)[]> =>
  fc
    .tuple(fc.nat(12), fc.array(kind, { maxLength: 40 }), fc.nat(6), fc.array(kind, { maxLength: 20 }))
    .map(([begin, first, between, second]) => [begin, ...first, between, ...second]);
const scripts = scriptsOf(turns);

test('whatever comes, in whatever order and however often, an order stands where the simple story says', () => {
  fc.assert(
    fc.property(moods, scripts, (kinds, script) => {
      const { story, world } = run(kinds, script);
      expect(world.wrongs).toEqual([]);
      for (const [index, state] of story.states.slice(1).entries()) {
        const before = story.states[index] ?? state;
        expect(state.version).toBeGreaterThanOrEqual(before.version);
        expect(STATUS_RANK[state.status]).toBeGreaterThanOrEqual(STATUS_RANK[before.status]);
        if (isUndone(before.status)) expect(state.status).toBe(before.status);
      }
      expect(story.timeline.map(({ version }) => version)).toEqual(
        story.timeline.map((_, index) => index + 1),
      );
      expect(story.timeline.at(-1)).toMatchObject({
        version: story.order.version,
        status: story.order.status,
      });
      const answers = story.states.map(placementOf).filter(({ outcome }) => outcome !== 'UNDECIDED');
      for (const answer of answers) expect(answer).toEqual(answers[0]);
    }),
    RUNS,
  );
});

test('every saga comes to rest, and what it holds then is what its order says', () => {
  fc.assert(
    fc.property(moods, scripts, (kinds, script) => {
      const tried = run(kinds, script);
      tried.comeToRest();
      const { order } = tried.story;
      const { stock, payment, parcel, back, kept } = tried.world.truth;
      const returned = back === 'RETURNED';
      expect(tried.world.wrongs).toEqual([]);
      if (order.status === 'COMPLETE' && !returned) {
        expect({ stock, payment, parcel }).toEqual({
          stock: 'COMMITTED',
          payment: 'CAPTURED',
          parcel: 'DELIVERED',
        });
        expect(kept).toBe(facts.total.amountMinor - order.refundedMinor);
        expect(sagaStatusOf(order)).toBe('COMPLETE');
      } else {
        expect(returned || isUndone(order.status)).toBe(true);
        expect(kept).toBe(0);
        expect(payment).not.toBe('AUTHORIZED');
        // A lost parcel's units are gone; nobody holds them.
        if (stock === 'COMMITTED') expect(['SHIPPED', 'LOST', 'DELIVERED']).toContain(parcel);
        else expect(['NONE', 'REFUSED', 'RELEASED', 'EXPIRED']).toContain(stock);
        expect(sagaStatusOf(order)).toBe('COMPENSATED');
      }
    }),
    RUNS,
  );
});

test("what a customer may do now is the same, told by the timeline or by the saga's steps", () => {
  fc.assert(
    fc.property(moods, scripts, (kinds, script) => {
      const { order, timeline } = run(kinds, script).story;
      const shown = standingAt({ status: order.status, timeline });
      // Once the parcel has left, its schedule may never have been told.
      const { status, scheduled, cancellation } = standingOf(order);
      expect(shown).toMatchObject({ status });
      if (status === 'PAID') expect(shown).toEqual({ status, scheduled, cancellation });
    }),
    RUNS,
  );
});

test('nobody is asked twice for nothing: without waiting, each request is sent once', () => {
  const patient = turns.filter(
    (turn) => turn.do !== 'wait' && !(turn.do === 'command' && turn.command.type === 'Retry'),
  );
  fc.assert(
    fc.property(moods, scriptsOf(patient), (kinds, script) => {
      const sent = run(kinds, script)
        .story.messages.map(({ type }) => type)
        .filter((type) => type.endsWith('-requested') && type !== 'shipment.advance-requested');
      expect(sent).toEqual([...new Set(sent)]);
    }),
    RUNS,
  );
});
