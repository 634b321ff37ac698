import type { DomainEvent } from '@souk/kit/events';
import type { Reservation } from '../domain/reservation.js';
import type { StockItem } from '../domain/stock-item.js';

/** Where new events get their time and their id from. */
export interface Stamp {
  readonly clock: () => Date;
  readonly newId: () => string;
}

const SOURCE = 'inventory';

const stamped = (
  { clock, newId }: Stamp,
  event: Pick<DomainEvent, 'type' | 'aggregateId' | 'version' | 'payload'> & {
    correlationId?: string | undefined;
  },
): DomainEvent => {
  const id = newId();
  const { correlationId = id, ...rest } = event;
  return { ...rest, id, source: SOURCE, correlationId, occurredAt: clock().toISOString() };
};

/** `stock.changed`: a variant's units, all of them. `version` is the item's. */
export function stockChanged(stamp: Stamp, item: StockItem, correlationId?: string): DomainEvent {
  const { variantId, onHand, available, reserved, version } = item;
  const payload = { variantId, onHand, available, reserved };
  return stamped(stamp, { type: 'stock.changed', aggregateId: variantId, version, payload, correlationId });
}

/** The answer to a command, once its reservation is at rest. */
export function reservationAnswer(stamp: Stamp, reservation: Reservation): DomainEvent {
  const { orderId, version, correlationId } = reservation;
  const answer = (type: string, more: object = {}): DomainEvent =>
    stamped(stamp, { type, aggregateId: orderId, version, correlationId, payload: { orderId, ...more } });
  switch (reservation.state) {
    case 'reserved':
      return answer('stock.reserved');
    case 'refused':
      return answer('stock.refused', reservation.shortage);
    case 'released':
      return answer('stock.released');
    case 'committed':
      return answer('stock.committed');
    case 'reserving':
    case 'undoing':
    case 'releasing':
    case 'committing':
      throw new Error(
        `The reservation of order ${orderId} is still ${reservation.state}: there is nothing to answer yet.`,
      );
  }
}
