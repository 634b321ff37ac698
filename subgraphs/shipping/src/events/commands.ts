import type { RecordedEvent } from '@souk/kit/events';
import { z } from 'zod';
import { DEFAULT_SERVICE } from '../domain/delivery-service.js';
import type { ShipmentTask } from '../store/apply-commands.js';

const order = z.object({ orderId: z.string().min(1) });

/** What orders asks for, and the command that it is to a shipment. */
const COMMANDS = {
  'shipment.schedule-requested': order
    .extend({
      number: z.string(),
      optionId: z.string().nullish(),
      address: z.object({
        name: z.string(),
        line1: z.string(),
        line2: z.string().nullish(),
        city: z.string(),
        postalCode: z.string(),
        country: z.string(),
      }),
      lines: z.array(z.object({ variantId: z.string(), quantity: z.number().int().positive() })).min(1),
      totalMinor: z.number().int().min(0),
      currency: z.string(),
      email: z.string(),
      customerId: z.string().nullish(),
    })
    .transform(({ orderId, customerId, optionId, address, ...consignment }): ShipmentTask => ({
      orderId,
      customerId: customerId ?? null,
      command: {
        type: 'RequestSchedule',
        consignment: {
          ...consignment,
          service: optionId ?? DEFAULT_SERVICE,
          destination: { ...address, line2: address.line2 ?? null },
        },
      },
    })),
  'shipment.cancel-requested': order.transform(({ orderId }): ShipmentTask => ({
    orderId,
    command: { type: 'RequestCancel' },
  })),
  'shipment.return-requested': order
    .extend({ reason: z.string() })
    .transform(({ orderId, reason }): ShipmentTask => ({
      orderId,
      command: { type: 'RequestReturn', reason },
    })),
  'shipment.advance-requested': order
    .extend({ to: z.enum(['SHIPPED', 'DELIVERED']) })
    .transform(({ orderId, to }) => ({ orderId, to })),
} as const;

export const COMMAND_TYPES = Object.keys(COMMANDS);

/** @throws ZodError for a command that is not as agreed: it becomes a dead letter. */
export function taskOf({ type, payload, occurredAt }: RecordedEvent): ShipmentTask {
  if (type === 'shipment.advance-requested') {
    const { orderId, to } = COMMANDS[type].parse(payload);
    return { orderId, command: { type: 'RequestAdvance', to, at: new Date(occurredAt) } };
  }
  return COMMANDS[type as Exclude<keyof typeof COMMANDS, 'shipment.advance-requested'>].parse(payload);
}
