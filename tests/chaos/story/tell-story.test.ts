import { expect, test } from 'vitest';
import { order, soundFacts } from '../checker/__fixtures__/sound-facts.js';
import type { EventFact, Facts } from '../facts/facts.js';
import type { FaultRecord } from '../nemesis/fault.js';
import { tellStory } from './tell-story.js';

const AT = Date.UTC(2026, 0, 1, 12);

const event = (seconds: number, source: string, type: string, orderId: string, version = 1): EventFact => ({
  id: `${source}-${type}-${orderId}`,
  source,
  type,
  position: 1,
  aggregateId: orderId,
  version,
  at: AT + seconds * 1_000,
  payload: { orderId },
});
const fault = (seconds: number, forSeconds: number, service: string): FaultRecord => ({
  fault: { number: 7, atMs: 0, forMs: forSeconds * 1_000, kind: 'freeze-service', service },
  startedAt: AT + seconds * 1_000,
  endedAt: AT + (seconds + forSeconds) * 1_000,
});
const facts = (overrides: Partial<Facts>): Facts =>
  soundFacts({ told: [], movements: [], events: [], orders: [order('o1', 'PLACED')], ...overrides });

test('a story has what belongs to the order and the faults around it, in the order of time', () => {
  const told = [
    { at: AT, who: 'buyer 1', kind: 'unanswered', what: 'placeOrder', key: 'key-o1', reason: 'timeout' },
    { at: AT + 1, who: 'buyer 2', kind: 'unanswered', what: 'placeOrder', key: 'key-o2', reason: 'timeout' },
    { at: AT + 3_900, who: 'buyer 1', kind: 'watching', orderId: 'o1', way: 'SSE' },
    {
      at: AT + 4_000,
      who: 'buyer 1',
      kind: 'pushed',
      orderId: 'o1',
      status: 'PLACED',
      version: 4,
      way: 'SSE',
    },
    {
      at: AT + 4_001,
      who: 'buyer 1',
      kind: 'pushed',
      orderId: 'o1',
      status: 'PLACED',
      version: 4,
      way: 'SSE',
    },
  ] as const;
  const events = [
    event(3, 'payments', 'payment.captured', 'o1', 2),
    event(1, 'orders', 'stock.reserve-requested', 'o1'),
    event(1, 'orders', 'stock.reserve-requested', 'o2'),
  ];
  const movements = [{ orderId: 'o1', kind: 'capture', amountMinor: 1_000, at: AT + 3_001 }] as const;
  const faults = [fault(2, 1.5, 'payments'), fault(-60, 5, 'inventory'), fault(60, 5, 'orders')];
  const violation = { rule: 'one key, one order', message: 'two', orderId: 'o1' };
  expect(tellStory(violation, facts({ told, events, movements }), faults)).toEqual([
    '✗ one key, one order: two',
    '    12:00:00.000  buyer 1 … no answer to placeOrder: timeout',
    '    12:00:01.000  orders: stock.reserve-requested (version 1)',
    '    12:00:02.000  ⚡ 7: payments is frozen, for 1.5 s',
    '    12:00:03.000  payments: payment.captured (version 2)',
    '    12:00:03.001  money: capture 1000',
    '    12:00:03.900  buyer 1 watches over SSE',
    '    12:00:04.000  buyer 1 ← live PLACED (version 4) over SSE',
  ]);
});

test('what is about no order is one line', () => {
  expect(tellStory({ rule: 'no event is set aside', message: 'orders: boom' }, facts({}), [])).toEqual([
    '✗ no event is set aside: orders: boom',
  ]);
});
