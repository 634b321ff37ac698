import { type DomainEvent, defineEvents } from '@souk/kit/events';
import { z } from 'zod';
import type { Movement } from '../domain/movement.js';
import type { Reservation, ReservationAnswer } from '../domain/reservation.js';
import type { StockItem } from '../domain/stock-item.js';

/** Where new events get their time and their id from. */
export interface Stamp {
  readonly clock: () => Date;
  readonly newId: () => string;
}

const units = z.number().int().min(0);
const movement = z.discriminatedUnion('kind', [
  z.object({
    kind: z
      .enum(['held', 'released', 'committed', 'restocked'])
      .describe('Set aside, given back, sold, or come back after it was sold.'),
    orderId: z.string().describe('The order whose units they are.'),
    quantity: z.number().int().positive().describe('How many units moved.'),
  }),
  z.object({
    kind: z.literal('adjusted').describe('Counted anew, or delivered: staff said so.'),
    quantity: z.number().int().describe('How many units came; negative if they went.'),
  }),
]);
const aboutOrder = z.object({ orderId: z.string().describe('The order.') });

/** The payload of everything that inventory publishes. */
export const PUBLISHED = {
  /** A variant's units, all of them, and what has moved since the event before: their sum is the difference. */
  'stock.changed': z.object({
    variantId: z.string().describe('The variant.'),
    onHand: units.describe('Units in the warehouse: available and reserved ones.'),
    available: units.describe('Units that can be ordered.'),
    reserved: units.describe('Units that are set aside for orders.'),
    movements: z
      .array(movement)
      .min(1)
      .describe('What has moved since the event before; their sum is the difference.'),
  }),
  /** `expiresAt` is absent for a reservation that is kept for ever. */
  'stock.reserved': aboutOrder.extend({
    expiresAt: z.iso
      .datetime()
      .optional()
      .describe('Until when, unless they are kept for as long as it takes.'),
  }),
  'stock.refused': aboutOrder.extend({
    variantId: z.string().describe('The variant of which there are too few.'),
    requested: units.describe('How many units the order wanted.'),
    available: units.describe('How many could be had at that moment.'),
  }),
  'stock.committed': aboutOrder,
  'stock.commit-refused': aboutOrder.extend({
    reason: z
      .enum(['EXPIRED', 'RELEASED', 'UNKNOWN'])
      .describe('Their time was over, somebody let them go, or they were never set aside.'),
  }),
  'stock.released': aboutOrder,
  'stock.expired': aboutOrder,
} as const;

/** All of it with words, for docs/events.md; what is published is checked against it. */
export const published = defineEvents('inventory', {
  'stock.changed': {
    description:
      'The units of a variant have moved: all of them as they are now, and what has moved since the event before.',
    payload: PUBLISHED['stock.changed'],
  },
  'stock.reserved': {
    description:
      'The units of an order are set aside for it, until `expiresAt`; without it for as long as it takes.',
    payload: PUBLISHED['stock.reserved'],
  },
  'stock.refused': {
    description: 'There are too few units of a variant for an order; nothing is held for it.',
    payload: PUBLISHED['stock.refused'],
  },
  'stock.committed': {
    description: 'The units of an order are its own: they no longer expire.',
    payload: PUBLISHED['stock.committed'],
  },
  'stock.commit-refused': {
    description: 'The units of an order are not held any more, so it cannot have them.',
    payload: PUBLISHED['stock.commit-refused'],
  },
  'stock.released': {
    description: 'Nothing is held for an order any more, and what it had is back in stock.',
    payload: PUBLISHED['stock.released'],
  },
  'stock.expired': {
    description: 'Nobody committed or released the units of an order in time; they are back in stock.',
    payload: PUBLISHED['stock.expired'],
  },
});

type Published = typeof PUBLISHED;
type EventOf<Type extends keyof Published> = {
  readonly type: Type;
  readonly payload: z.input<Published[Type]>;
};

const stamped = (
  { clock, newId }: Stamp,
  event: { [Type in keyof Published]: EventOf<Type> }[keyof Published],
  about: Pick<DomainEvent, 'aggregateId' | 'version'> & { correlationId?: string | undefined },
): DomainEvent => {
  const id = newId();
  const { correlationId = id, ...rest } = about;
  return {
    ...event,
    ...rest,
    id,
    source: published.source,
    correlationId,
    occurredAt: clock().toISOString(),
  };
};

/** `stock.changed`. Its version is the item's, which also counts writes that move no unit. */
export function stockChanged(
  stamp: Stamp,
  item: StockItem,
  movements: readonly Movement[],
  correlationId?: string,
): DomainEvent {
  const { variantId, onHand, available, reserved, version } = item;
  const payload = { variantId, onHand, available, reserved, movements: [...movements] };
  return stamped(
    stamp,
    { type: 'stock.changed', payload },
    { aggregateId: variantId, version, correlationId },
  );
}

/** The answer to a command, or the end of a reservation that nobody wanted any more. */
export function reservationAnswer(
  stamp: Stamp,
  { orderId, version, correlationId }: Reservation,
  answer: ReservationAnswer,
): DomainEvent {
  return stamped(stamp, answerEvent(orderId, answer), { aggregateId: orderId, version, correlationId });
}

function answerEvent(orderId: string, answer: ReservationAnswer) {
  switch (answer.kind) {
    case 'reserved': {
      const expiresAt = answer.expiresAt?.toISOString();
      return {
        type: 'stock.reserved',
        payload: { orderId, ...(expiresAt === undefined ? {} : { expiresAt }) },
      } as const;
    }
    case 'refused':
      return { type: 'stock.refused', payload: { orderId, ...answer.shortage } } as const;
    case 'commit-refused':
      return { type: 'stock.commit-refused', payload: { orderId, reason: answer.reason } } as const;
    case 'released':
    case 'expired':
    case 'committed':
      return { type: `stock.${answer.kind}`, payload: { orderId } } as const;
  }
}
