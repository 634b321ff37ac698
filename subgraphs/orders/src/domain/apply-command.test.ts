import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyCommand } from './apply-command.js';
import type { OrderMessage } from './messages.js';
import { NO_ORDER, type OrderFacts, type OrderState } from './order.js';
import type { OrderCommand } from './order-command.js';
import { STATUS_RANK, isUndone } from './order-status.js';
import { placementOf } from './placement.js';
import type { TimelineEntry } from './timeline.js';

const facts: OrderFacts = {
  orderId: 'o1',
  number: 'S-10001',
  customerId: null,
  email: 'ada@souk.test',
  total: { amountMinor: 3000, currency: 'EUR' },
  lines: [{ variantId: 'v1', quantity: 2, unitPriceMinor: 1500 }],
  paymentToken: 'tok_approve',
};
const at = new Date('2026-11-22T09:30:00.000Z');

interface Run {
  readonly order: OrderState;
  readonly states: readonly OrderState[];
  readonly timeline: readonly TimelineEntry[];
  readonly messages: readonly OrderMessage[];
}
function run(commands: readonly OrderCommand[]): Run {
  const states: OrderState[] = [NO_ORDER];
  const timeline: TimelineEntry[] = [];
  const messages: OrderMessage[] = [];
  for (const command of commands) {
    const effect = applyCommand(command, { order: states.at(-1) ?? NO_ORDER, facts, at });
    if (!effect.accepted) continue;
    states.push(effect.order);
    timeline.push(...effect.timeline);
    messages.push(...effect.messages);
  }
  return { order: states.at(-1) ?? NO_ORDER, states, timeline, messages };
}
const types = (messages: readonly OrderMessage[]) => messages.map(({ type }) => type);

const RECEIVE: OrderCommand = { type: 'Receive' };
const placing: readonly OrderCommand[] = [
  RECEIVE,
  { type: 'ReportStockReserved' },
  { type: 'ReportPaymentAuthorized' },
];

test('the whole way of an order, and what others are told', () => {
  const { order, timeline, messages } = run([
    ...placing,
    { type: 'Transition', to: 'PAID', message: null },
    { type: 'Transition', to: 'SHIPPED', message: null },
    { type: 'Transition', to: 'COMPLETE', message: null },
  ]);
  expect(order).toEqual({
    status: 'COMPLETE',
    version: 7,
    stock: 'COMMITTED',
    payment: 'CAPTURED',
    accepted: true,
    failure: null,
  });
  expect(timeline.map(({ version, type, status }) => [version, type, status])).toEqual([
    [1, 'RECEIVED', 'PENDING'],
    [2, 'STOCK_RESERVED', 'PENDING'],
    [3, 'PAYMENT_AUTHORIZED', 'PENDING'],
    [4, 'PLACED', 'PLACED'],
    [5, 'PAID', 'PAID'],
    [6, 'SHIPPED', 'SHIPPED'],
    [7, 'COMPLETE', 'COMPLETE'],
  ]);
  expect(types(messages)).toEqual([
    'stock.reserve-requested',
    'payment.authorize-requested',
    'order.placed',
    'payment.capture-requested',
    'order.paid',
    'stock.commit-requested',
    'order.shipped',
    'order.completed',
  ]);
  expect(messages.slice(0, 2).map(({ payload }) => payload)).toEqual([
    { orderId: 'o1', lines: [{ variantId: 'v1', quantity: 2 }] },
    {
      orderId: 'o1',
      amountMinor: 3000,
      currency: 'EUR',
      paymentToken: 'tok_approve',
      customerId: null,
      email: 'ada@souk.test',
    },
  ]);
});

test.each<[string, OrderCommand[], string[]]>([
  [
    'refused stock holds nothing',
    [{ type: 'ReportStockRefused', variantId: 'v1', requested: 2, available: 0 }],
    ['order.failed'],
  ],
  [
    'a declined payment releases the stock',
    [{ type: 'ReportStockReserved' }, { type: 'ReportPaymentDeclined', reason: 'No.' }],
    ['payment.authorize-requested', 'stock.release-requested', 'order.failed'],
  ],
  [
    'the deadline undoes both requests',
    [{ type: 'ReportStockReserved' }, { type: 'TimeOut' }],
    ['payment.authorize-requested', 'stock.release-requested', 'payment.void-requested', 'order.failed'],
  ],
  [
    'a cancellation before stock is known releases it, and again when it comes',
    [{ type: 'Cancel', reason: null }, { type: 'ReportStockReserved' }],
    ['stock.release-requested', 'order.cancelled', 'stock.release-requested'],
  ],
])('%s', (_name, commands, expected) => {
  expect(types(run([RECEIVE, ...commands]).messages)).toEqual(['stock.reserve-requested', ...expected]);
});

const anyCommand: fc.Arbitrary<OrderCommand> = fc.oneof(
  fc.constantFrom<OrderCommand>(
    { type: 'ReportStockReserved' },
    { type: 'ReportStockRefused', variantId: 'v1', requested: 2, available: 1 },
    { type: 'ReportPaymentAuthorized' },
    { type: 'ReportPaymentDeclined', reason: 'No.' },
    { type: 'TimeOut' },
    { type: 'Cancel', reason: 'Changed my mind.' },
    RECEIVE,
  ),
  fc
    .constantFrom('PENDING', 'PLACED', 'PAID', 'SHIPPED', 'COMPLETE', 'CANCELLED', 'FAILED')
    .map((to) => ({ type: 'Transition' as const, to, message: null })),
);
const anyHistory = fc.array(anyCommand, { maxLength: 25 }).map((commands) => [RECEIVE, ...commands]);
const check = (property: (result: Run) => void) =>
  fc.assert(
    fc.property(anyHistory, (commands) => property(run(commands))),
    { numRuns: 2_000 },
  );

test('no order of commands and no repetition takes a version or a state back', () => {
  check(({ states }) => {
    for (const [index, state] of states.slice(1).entries()) {
      const before = states[index] ?? NO_ORDER;
      expect(state.version).toBeGreaterThanOrEqual(before.version);
      expect(STATUS_RANK[state.status]).toBeGreaterThanOrEqual(STATUS_RANK[before.status]);
      if (isUndone(before.status)) expect(state.status).toBe(before.status);
    }
  });
});

test("the timeline tells every version once, and its latest state is the order's", () => {
  check(({ order, timeline }) => {
    expect(timeline.map(({ version }) => version)).toEqual(timeline.map((_, index) => index + 1));
    expect(timeline.at(-1)).toMatchObject({ version: order.version, status: order.status });
  });
});

test('the first final answer of a placement stays the answer', () => {
  check(({ states }) => {
    const answers = states.map(placementOf).filter(({ outcome }) => outcome !== 'UNDECIDED');
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });
});

test('an order that is off ends with everything it asked for undone', () => {
  check(({ order, messages }) => {
    if (!isUndone(order.status)) return;
    const sent = types(messages);
    if (order.stock !== 'REFUSED') {
      expect(sent.lastIndexOf('stock.release-requested')).toBeGreaterThan(
        sent.lastIndexOf('stock.reserve-requested'),
      );
    }
    if (order.payment !== 'NONE' && order.payment !== 'DECLINED') {
      expect(sent.lastIndexOf('payment.void-requested')).toBeGreaterThan(
        sent.lastIndexOf('payment.authorize-requested'),
      );
    }
    expect(sent).not.toContain('stock.commit-requested');
  });
});

test('stock and payment are asked for once, and money is taken only after it was authorised', () => {
  check(({ messages }) => {
    const sent = types(messages);
    for (const once of [
      'stock.reserve-requested',
      'payment.authorize-requested',
      'payment.capture-requested',
      'stock.commit-requested',
    ]) {
      expect(sent.filter((type) => type === once).length).toBeLessThanOrEqual(1);
    }
    if (sent.includes('payment.capture-requested')) {
      expect(sent.indexOf('order.placed')).toBeGreaterThan(-1);
      expect(sent.indexOf('order.placed')).toBeLessThan(sent.indexOf('payment.capture-requested'));
    }
  });
});
