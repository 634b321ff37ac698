import type { Random } from '../random/random.js';
import type { DemoOrderEvent, DemoOrderStatus } from './order.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What becomes of an order after it was placed, as far as `now` has let it. */
export function liveOn(
  placedAt: number,
  now: number,
  random: Random,
): { status: DemoOrderStatus; timeline: DemoOrderEvent[] } {
  const paidAt = placedAt + random.integer(2, 12) * MINUTE;
  const shippedAt = placedAt + random.integer(10, 44) * HOUR;
  const arrivedAt = shippedAt + random.integer(22, 80) * HOUR;
  const cancelled = random.chance(0.04);
  const steps: { type: DemoOrderEvent['type']; status: DemoOrderStatus; at: number }[] = [
    { type: 'RECEIVED', status: 'PLACED', at: placedAt },
    { type: 'STOCK_RESERVED', status: 'PLACED', at: placedAt + 120 },
    { type: 'PAYMENT_AUTHORIZED', status: 'PLACED', at: placedAt + 480 },
    { type: 'PLACED', status: 'PLACED', at: placedAt + 490 },
    ...(cancelled
      ? [
          {
            type: 'CANCELLED' as const,
            status: 'CANCELLED' as const,
            at: placedAt + random.integer(15, 300) * MINUTE,
          },
        ]
      : [
          { type: 'PAID' as const, status: 'PAID' as const, at: paidAt },
          { type: 'SHIPPED' as const, status: 'SHIPPED' as const, at: shippedAt },
          { type: 'COMPLETE' as const, status: 'COMPLETE' as const, at: arrivedAt },
        ]),
  ];
  // The first four happen within half a second; an order that is just being placed is none of history.
  const happened = steps.filter(({ at }, index) => index < 4 || at <= now);
  return {
    status: happened.at(-1)?.status ?? 'PLACED',
    timeline: happened.map(({ type, at }) => ({ type, at: new Date(at).toISOString() })),
  };
}
