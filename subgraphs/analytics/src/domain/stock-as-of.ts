import type { DomainEvent } from '@souk/kit/events';
import { z } from 'zod';

/** Units of a variant: `onHand = available + reserved`. */
export interface StockUnits {
  readonly onHand: number;
  readonly available: number;
  readonly reserved: number;
}

/** What one unit does that moves, as inventory agrees to tell it in `stock.changed`. */
const EFFECTS = {
  held: { available: -1, reserved: 1 },
  released: { available: 1, reserved: -1 },
  committed: { available: 0, reserved: -1 },
  restocked: { available: 1, reserved: 0 },
  adjusted: { available: 1, reserved: 0 },
} as const;

const units = z.number().int().nonnegative();
const unitsPayload = z.object({ onHand: units, available: units, reserved: units });
const movementsPayload = z.object({
  movements: z
    .array(
      z.object({
        kind: z.enum(['held', 'released', 'committed', 'restocked', 'adjusted']),
        quantity: z.number().int(),
      }),
    )
    .min(1),
});

/** The units that a `stock.changed` tells; undefined if its payload is not as agreed. */
export const stockAfter = ({ payload }: Pick<DomainEvent, 'payload'>): StockUnits | undefined =>
  unitsPayload.safeParse(payload).data;

/**
 * The units that were there before a `stock.changed`: what it tells, less what it says has moved. Undefined if its
 * payload is not as agreed, or tells of a movement that is not known here: then nobody can tell.
 *
 * @example stockBefore(event) // 3 on hand, all available, if 2 of them were held and 1 is available now
 */
export function stockBefore(event: Pick<DomainEvent, 'payload'>): StockUnits | undefined {
  const after = stockAfter(event);
  const moved = movementsPayload.safeParse(event.payload).data;
  if (!after || !moved) return undefined;
  const before = (place: 'available' | 'reserved'): number =>
    moved.movements.reduce(
      (left, { kind, quantity }) => left - EFFECTS[kind][place] * quantity,
      after[place],
    );
  const available = before('available');
  const reserved = before('reserved');
  return unitsPayload.safeParse({ onHand: available + reserved, available, reserved }).data;
}
