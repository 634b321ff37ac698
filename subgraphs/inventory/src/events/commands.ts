import type { RecordedEvent } from '@souk/kit/events';
import { z } from 'zod';
import type { StockCommand } from '../domain/stock-command.js';

/** The events of `orders` that inventory obeys. */
export const COMMAND_TYPES = [
  'stock.reserve-requested',
  'stock.release-requested',
  'stock.commit-requested',
] as const;

const orderId = z.string().min(1);
const reserveSchema = z.object({
  orderId,
  lines: z
    .array(z.object({ variantId: z.string().min(1), quantity: z.number().int().positive().max(1_000_000) }))
    .min(1)
    .max(1_000),
});
const orderSchema = z.object({ orderId });

/**
 * Reads a command.
 * @throws Error if the payload is not what was agreed: such an event ends among the dead letters
 */
export function toCommand({ type, payload, correlationId }: RecordedEvent): StockCommand {
  switch (type) {
    case 'stock.reserve-requested':
      return { kind: 'reserve', correlationId, ...reserveSchema.parse(payload) };
    case 'stock.release-requested':
      return { kind: 'release', correlationId, ...orderSchema.parse(payload) };
    case 'stock.commit-requested':
      return { kind: 'commit', correlationId, ...orderSchema.parse(payload) };
    default:
      throw new Error(`Inventory knows no command ${type}.`);
  }
}
