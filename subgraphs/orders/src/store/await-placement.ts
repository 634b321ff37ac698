import { placementOf } from '../domain/placement.js';
import type { OrderRecord } from '../domain/order-record.js';
import type { LiveDeps } from './live-orders.js';

/** An order whose placement is waited for. Made before the order is written, so that no change is missed. */
export interface PlacementWait {
  /** The order as it is when it is decided, or when the time is up. */
  readonly outcome: Promise<OrderRecord | null>;
  /** Looks now: for an order that may be decided already. */
  look(): void;
  cancel(): void;
}

/**
 * Waits until stock and payment have decided about an order.
 *
 * @param timeoutMs longest wait, in milliseconds
 */
export function awaitPlacement(
  { changes, readOrder }: LiveDeps,
  orderId: string,
  timeoutMs: number,
): PlacementWait {
  let look = (): void => {};
  let cancel = (): void => {};
  const outcome = new Promise<OrderRecord | null>((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      unwatch();
    };
    const answer = async (isTimeUp: boolean): Promise<void> => {
      const order = await readOrder(orderId);
      if (!isTimeUp && order && placementOf(order).outcome === 'UNDECIDED') return;
      end();
      resolve(order);
    };
    const read = (isTimeUp: boolean): void =>
      void answer(isTimeUp).catch((error: unknown) => {
        end();
        reject(error instanceof Error ? error : new Error(String(error)));
      });
    const timer = setTimeout(() => read(true), timeoutMs);
    const unwatch = changes.watch(orderId, ({ status }) => {
      if (status !== 'PENDING') read(false);
    });
    look = () => read(false);
    cancel = () => {
      end();
      resolve(null);
    };
  });
  return { outcome, look, cancel };
}
