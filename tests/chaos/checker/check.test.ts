import { describe, expect, test } from 'vitest';
import type { Facts } from '../facts/facts.js';
import { check } from './check.js';
import {
  moved,
  order,
  parcel,
  placed,
  pushed,
  requested,
  sagaLog,
  soundFacts,
  stock,
  stockChanged,
  stockPushed,
  told,
  watching,
  watchingStock,
} from './__fixtures__/sound-facts.js';

const rulesBrokenBy = (facts: Partial<Facts>): string[] => [
  ...new Set(check(soundFacts(facts)).map(({ rule }) => rule)),
];
/** The sound facts with something more. */
const with_ = <Name extends 'told' | 'movements' | 'orders' | 'events' | 'shipments'>(
  name: Name,
  ...more: Facts[Name][number][]
): Partial<Facts> => ({ [name]: [...soundFacts()[name], ...more] });

test('a run in which every promise was kept is sound', () => {
  expect(check(soundFacts())).toEqual([]);
});

describe('words', () => {
  const ghost = order('ghost', 'PLACED');

  test('an acknowledged order that is not there', () => {
    const broken = check(soundFacts(with_('told', placed(ghost))));
    expect(broken).toEqual([
      {
        rule: 'every acknowledged order exists',
        orderId: 'ghost',
        message: 'buyer was told of S-ghost as PLACED, 1000: there is no such order',
      },
    ]);
  });

  test('an order of another amount than was said', () => {
    const [kept] = soundFacts().orders;
    expect(rulesBrokenBy(with_('told', placed(kept ?? ghost, { totalMinor: 999 })))).toEqual([
      'every acknowledged order exists',
    ]);
  });

  test('an order that was PLACED and is FAILED; one that was PENDING may fail', () => {
    const failed = order('late', 'FAILED', { lines: [] });
    const orders = [...soundFacts().orders, failed];
    const words = (status: string) => [...soundFacts().told, placed(failed, { status })];
    expect(rulesBrokenBy({ orders, told: words('PLACED') })).toEqual(['every acknowledged order exists']);
    expect(rulesBrokenBy({ orders, told: words('PENDING') })).toEqual([]);
  });

  test('one key for two orders', () => {
    const [kept, off] = soundFacts().orders;
    expect(rulesBrokenBy(with_('told', placed(off ?? ghost, { key: kept?.key ?? '' })))).toEqual([
      'one key, one order',
    ]);
  });

  test('a refusal whose order stands', () => {
    const refused = told('buyer', { kind: 'refused', key: 'key-kept', code: 'OUT_OF_STOCK' });
    expect(rulesBrokenBy(with_('told', refused))).toEqual(['a refusal is final']);
  });

  test.each(['cancelled', 'returned'] as const)('an order that was %s and stands', (kind) => {
    expect(rulesBrokenBy(with_('told', told('buyer', { kind, orderId: 'kept' })))).toEqual([
      'a cancellation or return is final',
    ]);
  });
});

describe('money', () => {
  const MONEY = ['captured is the total exactly once, or fully reversed'];

  test.each([
    ['captured twice', moved('kept', 'capture')],
    ['held besides', moved('kept', 'hold')],
    ['kept for an order that is off', moved('off', 'capture')],
    ['held for an order that is off', moved('off', 'hold')],
    ['held for a refused one', moved('declined', 'hold')],
    ['taken without an order', moved('nobody', 'capture')],
  ])('%s', (_what, movement) => {
    expect(rulesBrokenBy(with_('movements', movement))).toEqual(MONEY);
  });

  test('not captured for an order that was sent', () => {
    const movements = soundFacts().movements.filter(({ kind }) => kind !== 'capture');
    expect(rulesBrokenBy({ movements })).toEqual(MONEY);
  });

  const scratch = (kind: 'refund-asked' | 'refunded', key = 'a scratch', orderId = 'kept') =>
    told('staff', { kind, orderId, key, amountMinor: 250 });

  test('a partial refund of an order that stands is sound, and paid once it is acknowledged', () => {
    const words = with_('told', scratch('refund-asked'), scratch('refunded'), scratch('refunded'));
    expect(rulesBrokenBy({ ...words, ...with_('movements', moved('kept', 'refund', 250)) })).toEqual([]);
    expect(rulesBrokenBy(words)).toEqual(['every acknowledged refund is paid']);
  });

  describe('given back', () => {
    const UNASKED = ['nobody is given back what nobody asked for'];
    const back = moved('kept', 'refund', 250);
    const afterWords = (words: Facts['told'], ...refunds: Facts['movements']) =>
      rulesBrokenBy({ ...with_('told', ...words), ...with_('movements', ...refunds) });

    test('as often as it was asked for, answered or not, is sound', () => {
      const twice = [scratch('refund-asked'), scratch('refund-asked', 'another scratch')];
      expect(afterWords(twice, back, back)).toEqual([]);
      expect(afterWords(twice, back)).toEqual([]);
      expect(afterWords(twice)).toEqual([]);
    });

    test('twice for one key', () => {
      const words = [scratch('refund-asked'), scratch('refund-asked'), scratch('refunded')];
      expect(afterWords(words, back, back)).toEqual(UNASKED);
    });

    test('without a wish, of another amount, or for a wish about another order', () => {
      expect(afterWords([], back)).toEqual(UNASKED);
      expect(afterWords([scratch('refund-asked')], moved('kept', 'refund', 249))).toEqual(UNASKED);
      expect(afterWords([scratch('refund-asked', 'a scratch', 'off')], back)).toEqual(UNASKED);
    });

    test('more than was taken', () => {
      const more = moved('kept', 'refund', 1_001);
      expect(afterWords([], more)).toEqual([...MONEY, ...UNASKED]);
    });

    test('the rest of an order that is called off or comes back, besides the part that was asked for', () => {
      const returned = order('kept', 'COMPLETE', { isReturned: true });
      const orders = soundFacts().orders.map((one) => (one.id === 'kept' ? returned : one));
      const words = with_('told', scratch('refund-asked'));
      const movements = with_('movements', back, moved('kept', 'refund', 750));
      const broken = rulesBrokenBy({ orders, ...words, ...movements });
      expect(broken.filter((rule) => [...MONEY, ...UNASKED].includes(rule))).toEqual([]);
    });
  });
});

describe('stock', () => {
  test('below zero, or out of balance, at any instant', () => {
    const below = stockChanged('sofa', 1, { onHand: 1, available: -1, reserved: 2 });
    const odd = stockChanged('chair', 1, { onHand: 3, available: 1, reserved: 1 });
    expect(check(soundFacts(with_('events', below, odd))).map(({ message }) => message)).toEqual([
      'sofa at version 1: 1 on hand, -1 available, 2 reserved',
      'chair at version 1: 3 on hand, 1 available, 1 reserved',
    ]);
  });

  test('two versions of one number; the same one again is harmless', () => {
    expect(rulesBrokenBy(with_('events', stockChanged('lamp', 2, stock(20, 5))))).toEqual([]);
    expect(rulesBrokenBy(with_('events', stockChanged('lamp', 2, stock(20, 4))))).toEqual([
      'stock has one history, and it ends where stock is',
    ]);
  });

  test.each([
    ['a unit that was promised and not let go', stock(28, 2)],
    ['units that were sold twice', stock(26, 1)],
    ['units from nowhere', stock(29, 1)],
  ])('%s', (_what, units) => {
    const facts = soundFacts({
      stockAfter: new Map([['lamp', units]]),
      ...with_('events', stockChanged('lamp', 7, units)),
    });
    expect(check(facts)).toEqual([
      {
        rule: 'stock movements are those of orders and adjustments, each once',
        message: expect.stringContaining('and should be 28 on hand, 27 available, 1 reserved') as string,
      },
    ]);
  });

  test('an adjustment that was acknowledged twice counts once', () => {
    const again = told('staff', { kind: 'adjusted', key: 'more lamps', variantId: 'lamp', delta: 10 });
    expect(rulesBrokenBy(with_('told', again))).toEqual([]);
  });

  test('a variant that is gone', () => {
    expect(rulesBrokenBy({ stockAfter: new Map() })).toEqual([
      'stock movements are those of orders and adjustments, each once',
    ]);
  });
});

describe("an order's units", () => {
  const UNITS = "each order's units are held once, and sold or given back once";
  const with_movements = (...movements: string[]) =>
    rulesBrokenBy(
      with_(
        'events',
        stockChanged('lamp', 6, stock(28, 1)),
        stockChanged('lamp', 7, stock(28, 1), ...movements),
      ),
    );

  test.each([
    ['held twice', 'held kept 2'],
    ['sold twice', 'committed kept 2'],
    ['given back without being taken', 'restocked kept 1'],
    ['given back twice', 'released off 2'],
    ['held for one that is off', 'held declined 2'],
  ])('%s', (_what, movement) => {
    expect(with_movements(movement)).toEqual([UNITS]);
  });

  test('sold without being held', () => {
    expect(
      rulesBrokenBy(
        with_('orders', order('kept', 'COMPLETE', { lines: [{ variantId: 'sofa', quantity: 1 }] })),
      ),
    ).toContain(UNITS);
  });

  test('a return gives everything back', () => {
    const [kept, ...others] = soundFacts().orders;
    const returned = {
      orders: [...others, { ...(kept ?? order('kept', 'COMPLETE')), isReturned: true }],
      movements: [...soundFacts().movements, moved('kept', 'refund')],
      shipments: [parcel('kept', 'RETURNED')],
      events: [...soundFacts().events, stockChanged('lamp', 7, stock(30, 1), 'restocked kept 2')],
      stockAfter: new Map([['lamp', stock(30, 1)]]),
    };
    expect(check(soundFacts(returned))).toEqual([]);
    expect(rulesBrokenBy({ ...returned, events: soundFacts().events })).toContain(UNITS);
  });
});

describe('parcels', () => {
  const PARCELS = ['a parcel for every order that stands, and for no other'];

  test('sent for an order that is off', () => {
    expect(rulesBrokenBy({ shipments: [parcel('kept', 'DELIVERED'), parcel('off', 'SHIPPED')] })).toEqual(
      PARCELS,
    );
  });
  test.each([[[]], [[parcel('kept', 'LOST')]]])('none for one that is COMPLETE', (shipments) => {
    expect(rulesBrokenBy({ shipments })).toEqual(PARCELS);
  });
});

describe('the event store', () => {
  const { eventStore } = soundFacts();

  test('a chain that is broken', () => {
    expect(rulesBrokenBy({ eventStore: { ...eventStore, broken: 'record 7 is CHANGED' } })).toContain(
      'the hash chain of events is unbroken',
    );
  });

  test('an event that it lacks, and one that it has twice', () => {
    const facts = soundFacts();
    const [first = '', ...rest] = facts.eventStore.eventIds;
    const broken = (eventIds: string[]) => check({ ...facts, eventStore: { ...eventStore, eventIds } });
    expect(broken(rest).map(({ message }) => message)).toEqual([
      `stock.changed of inventory (${first}) is missing`,
    ]);
    expect(broken([first, first, ...rest]).map(({ message }) => message)).toEqual([
      `event ${first} is there 2 times`,
    ]);
  });

  test('reports that come out otherwise when replayed', () => {
    const facts = soundFacts();
    expect(check({ ...facts, eventStore: { ...facts.eventStore, differences: 3 } })).toEqual([
      {
        rule: 'projections equal a fresh replay',
        message: '3 rows of reports come out otherwise when replayed',
      },
    ]);
  });
});

describe('rest', () => {
  test('an order without an outcome, and a saga under way', () => {
    expect(rulesBrokenBy(with_('orders', order('slow', 'PENDING', { lines: [] })))).toEqual([
      'no saga is unfinished',
    ]);
    const openSagas = [{ orderId: 'kept', standing: 'waiting for its capture' }];
    expect(check(soundFacts({ openSagas }))).toEqual([
      { rule: 'no saga is unfinished', orderId: 'kept', message: 'its saga is waiting for its capture' },
    ]);
  });

  test('an event that was set aside', () => {
    const deadLetters = [{ consumer: 'orders', type: 'stock.reserved', error: 'boom', orderId: 'kept' }];
    expect(rulesBrokenBy({ deadLetters })).toEqual(['no event is set aside']);
  });
});

describe('drivers', () => {
  const ONE_DRIVER = 'no step is carried out by two drivers';
  /** Requests to give the money back, one a version. */
  const voids = (count: number) =>
    Array.from({ length: count }, (_, index) => requested('off', 'payment.void-requested', index + 1));
  const messages = (entries: string[], sent = 0) =>
    check(
      soundFacts({
        sagaLog: [...soundFacts().sagaLog, ...sagaLog('off', ...entries)],
        events: [...soundFacts().events, ...voids(sent)],
      }),
    ).map(({ rule, orderId, message }) => `${rule}: ${orderId}: ${message}`);

  test('a step that is asked for when its time has come, and a new beginning, are no second driver', () => {
    const entries = [
      '0 VOID_PAYMENT ASKED',
      '5 VOID_PAYMENT ASKED_AGAIN',
      '6 VOID_PAYMENT DONE',
      '7 VOID_PAYMENT ASKED',
    ];
    expect(messages(entries, 3)).toEqual([]);
    expect(messages(['0 SHIP ASKED', '0 SHIP DONE', '1 DELIVER DONE'])).toEqual([]);
  });

  test('a step that is asked for twice when its time has come', () => {
    const entries = ['0 VOID_PAYMENT ASKED', '5 VOID_PAYMENT ASKED_AGAIN', '5.2 VOID_PAYMENT ASKED_AGAIN'];
    expect(messages(entries, 3)).toEqual([
      `${ONE_DRIVER}: off: VOID_PAYMENT was asked for again after 200 ms, by two drivers`,
    ]);
  });

  test('a step that is asked for again, or done, after its end', () => {
    expect(
      messages(['0 VOID_PAYMENT ASKED', '1 VOID_PAYMENT DONE', '9 VOID_PAYMENT ASKED_AGAIN'], 2),
    ).toEqual([`${ONE_DRIVER}: off: VOID_PAYMENT was asked for again after DONE`]);
    expect(messages(['0 VOID_PAYMENT ASKED', '1 VOID_PAYMENT DONE', '2 VOID_PAYMENT DONE'], 1)).toEqual([
      `${ONE_DRIVER}: off: VOID_PAYMENT was done twice`,
    ]);
  });

  test('a request that the history does not know, and one that was never sent', () => {
    expect(messages(['0 VOID_PAYMENT ASKED'], 2)).toEqual([
      `${ONE_DRIVER}: off: VOID_PAYMENT was asked for 1 times, payment.void-requested was sent 2 times`,
    ]);
    expect(messages(['0 VOID_PAYMENT ASKED'])).toEqual([
      `${ONE_DRIVER}: off: VOID_PAYMENT was asked for 1 times, payment.void-requested was sent 0 times`,
    ]);
  });

  test('an entry that is missing', () => {
    const log = sagaLog('off', '0 SHIP ASKED', '1 SHIP DONE').slice(1);
    expect(check(soundFacts({ sagaLog: [...soundFacts().sagaLog, ...log] }))).toEqual([
      { rule: ONE_DRIVER, orderId: 'off', message: "entry 1 of its saga's history is 2" },
    ]);
  });
});

describe('subscribers', () => {
  const FORWARDS = 'every subscriber saw states only forwards';
  const THE_END = 'every subscriber saw the final state';

  test('a version that went back', () => {
    expect(rulesBrokenBy(with_('told', pushed('kept', 'COMPLETE', 4)))).toEqual([FORWARDS, THE_END]);
  });

  test('a state that went back, or another one under the same version', () => {
    const back = [pushed('kept', 'PAID', 6)];
    expect(rulesBrokenBy(with_('told', ...back))).toEqual([FORWARDS, THE_END]);
    const twin = [pushed('off', 'PLACED', 5, 'other'), pushed('off', 'CANCELLED', 5, 'other')];
    expect(rulesBrokenBy(with_('told', ...twin))).toEqual([FORWARDS]);
  });

  test('a state after the last one', () => {
    const words = [pushed('off', 'CANCELLED', 5, 'other'), pushed('off', 'FAILED', 6, 'other')];
    expect(rulesBrokenBy(with_('told', ...words))).toContain(FORWARDS);
  });

  test('somebody who was left with an old state', () => {
    const words = [watching('kept', 'other'), pushed('kept', 'PAID', 4, 'other')];
    expect(check(soundFacts(with_('told', ...words)))).toEqual([
      {
        rule: THE_END,
        orderId: 'kept',
        message: 'other last saw PAID (version 4) over SSE; the order is COMPLETE (version 5)',
      },
    ]);
  });

  test('somebody who opened a page and never saw anything', () => {
    const [broken] = check(soundFacts(with_('told', watching('kept', 'other'))));
    expect(broken?.message).toBe('other never saw anything over SSE; the order is COMPLETE (version 5)');
  });
});

describe('whoever watches stock', () => {
  const SHELVES = 'whoever watches stock saw it balance, and saw the last of it';
  const messages = (...words: Facts['told'][number][]): string[] =>
    check(soundFacts(with_('told', watchingStock(['lamp']), ...words))).map(
      ({ rule, message }) => `${rule}: ${message}`,
    );
  const present = stockPushed('lamp', stock(28, 1));

  test('may see a state again, or an older one, as long as the last one is the present', () => {
    expect(messages(present, stockPushed('lamp', stock(20, 1)), present, present)).toEqual([]);
  });

  test('does not see less than nothing, or units that are neither free nor promised', () => {
    expect(messages(stockPushed('lamp', stock(1, 2)), present)).toEqual([
      `${SHELVES}: shelf saw lamp over WebSocket: 1 on hand, -1 available, 2 reserved`,
    ]);
    const lost = { ...stock(28, 1), available: 26 };
    expect(messages(stockPushed('lamp', lost), present)).toEqual([
      `${SHELVES}: shelf saw lamp over WebSocket: 28 on hand, 26 available, 1 reserved`,
    ]);
  });

  test('is not left with an old state, or with none', () => {
    expect(messages(present, stockPushed('lamp', stock(20, 1)))).toEqual([
      `${SHELVES}: shelf last saw 20 on hand, 19 available, 1 reserved of lamp over WebSocket; it is 28 on hand, 27 available, 1 reserved`,
    ]);
    expect(messages()).toEqual([
      `${SHELVES}: shelf never saw anything of lamp over WebSocket; it is 28 on hand, 27 available, 1 reserved`,
    ]);
  });
});
