import { type Reservation, inState } from './reservation.js';
import { type StockCommand, mergedLines } from './stock-command.js';

/**
 * What a command makes of an order's reservation, before any item is touched. A command that comes again, or too
 * late, changes nothing.
 *
 * @param current undefined for an order that was never heard of
 * @returns `current` itself if nothing changes
 * @throws Error for a commit that no reservation answers: the sender never saw one, so it is a mistake
 */
export function receive(command: StockCommand, current: Reservation | undefined): Reservation {
  const { orderId, correlationId } = command;
  switch (command.kind) {
    case 'reserve':
      return (
        current ?? {
          orderId,
          correlationId,
          lines: mergedLines(command.lines),
          version: 1,
          state: 'reserving',
        }
      );
    case 'release':
      // The tombstone of an order whose release overtook its reserve: the late reserve will find it.
      if (!current) return { orderId, correlationId, lines: [], version: 1, state: 'released' };
      if (current.state === 'reserving') return inState(current, { state: 'undoing', outcome: 'released' });
      if (current.state === 'reserved') return inState(current, { state: 'releasing' });
      return current;
    case 'commit':
      if (current?.state === 'reserved') return inState(current, { state: 'committing' });
      if (current?.state === 'committing' || current?.state === 'committed') return current;
      throw new Error(
        `Order ${orderId} has no stock to commit: its reservation is ${current?.state ?? 'unknown'}.`,
      );
  }
}
