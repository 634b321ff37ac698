import type { PastOrder } from './past-events.js';

/** One buyer in so many had another card declined before. */
const DECLINED = 14;
/** One buyer in so many first came too late for an item. */
const TOO_LATE = 30;

const MINUTE = 60_000;

/**
 * What some buyers had tried a few minutes before an order of theirs, without success. Such an attempt was never an
 * order of the shop; that it was made is history all the same, and a funnel without any would be a pipe.
 *
 * @param index the order's place in history: it decides, so that the same history has the same attempts
 */
export function attemptBefore(order: PastOrder, index: number): PastOrder | undefined {
  const failing =
    index % DECLINED === 0
      ? ['STOCK_RESERVED', 'PAYMENT_DECLINED']
      : index % TOO_LATE === 1
        ? ['STOCK_REFUSED']
        : undefined;
  const received = order.timeline[0];
  if (!failing || !received) return undefined;
  const begin = Date.parse(received.at) - (2 + (index % 7)) * MINUTE;
  return {
    ...order,
    id: `${order.id}_tried`,
    timeline: ['RECEIVED', ...failing].map((type, step) => ({
      type,
      at: new Date(begin + step * 300).toISOString(),
    })),
  };
}
