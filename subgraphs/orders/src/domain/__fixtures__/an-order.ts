import { type Effect, applyCommand } from '../apply-command.js';
import type { OrderMessage } from '../messages.js';
import { NO_ORDER, type OrderFacts, type OrderState } from '../order.js';
import type { OrderCommand } from '../order-command.js';
import type { SagaEntry } from '../saga-event.js';
import type { TimelineEntry } from '../timeline.js';

export const START = new Date('2026-11-22T09:30:00.000Z');
/** An instant after the start of the order, in milliseconds. */
export const after = (ms: number): Date => new Date(START.getTime() + ms);

export const facts: OrderFacts = {
  orderId: 'o1',
  number: 'S-10001',
  customerId: null,
  email: 'ada@souk.test',
  total: { amountMinor: 3000, currency: 'EUR' },
  shippingMinor: 490,
  lines: [{ variantId: 'v1', quantity: 2, unitPriceMinor: 1255 }],
  shippingAddress: {
    ...{ name: 'Ada Lovelace', line1: '12 St James Square', line2: null },
    ...{ city: 'London', postalCode: 'SW1Y', country: 'GB' },
  },
  shippingOptionId: 'express',
  paymentToken: 'tok_approve',
  decideBy: after(120_000),
};

/** Everything that commands did to an order. */
export interface Story {
  readonly order: OrderState;
  readonly states: readonly OrderState[];
  readonly timeline: readonly TimelineEntry[];
  readonly saga: readonly SagaEntry[];
  readonly messages: readonly OrderMessage[];
  /** What the latest command did. */
  readonly effect: Effect | undefined;
}
export const NOTHING_YET: Story = {
  order: NO_ORDER,
  states: [NO_ORDER],
  timeline: [],
  saga: [],
  messages: [],
  effect: undefined,
};

/** The story after one more command. */
export function next(story: Story, command: OrderCommand, at = START): Story {
  const effect = applyCommand(command, { order: story.order, facts, at });
  if (!effect.accepted) return { ...story, effect };
  return {
    order: effect.order,
    states: [...story.states, effect.order],
    timeline: [...story.timeline, ...effect.timeline],
    saga: [...story.saga, ...effect.saga],
    messages: [...story.messages, ...effect.messages],
    effect,
  };
}

/** Tells a story from the order's reception on. A number lets so many milliseconds pass since the start, and ticks. */
export function tell(...commands: readonly (OrderCommand | number)[]): Story {
  let at = START;
  return commands.reduce<Story>(
    (story, command) => {
      if (typeof command !== 'number') return next(story, command, at);
      at = after(command);
      return next(story, { type: 'Tick' }, at);
    },
    next(NOTHING_YET, { type: 'Receive' }),
  );
}

export const typesOf = (items: readonly { readonly type: string }[]): readonly string[] =>
  items.map(({ type }) => type);

/** Commands up to a point on the way of an order that goes well. */
const WAY = [
  ['RESERVED', { type: 'ReportStockReserved' }],
  ['PLACED', { type: 'ReportPaymentAuthorized' }],
  ['COMMITTED', { type: 'ReportStockCommitted' }],
  ['PAID', { type: 'ReportPaymentCaptured' }],
  ['SCHEDULED', { type: 'ReportShipmentScheduled' }],
  ['SHIPPED', { type: 'ReportShipped' }],
  ['COMPLETE', { type: 'ReportDelivered' }],
] as const satisfies readonly (readonly [string, OrderCommand])[];

export const upTo = (point: (typeof WAY)[number][0]): readonly OrderCommand[] =>
  WAY.slice(0, WAY.findIndex(([name]) => name === point) + 1).map(([, command]) => command);
