import type { RecordedEvent } from '@souk/kit/events';
import { z } from 'zod';
import type { PaymentTask } from '../store/apply-commands.js';

const order = z.object({ orderId: z.string().min(1) });

/** What orders asks for, and the command that it is to a payment. */
const COMMANDS = {
  'payment.authorize-requested': order
    .extend({
      amountMinor: z.number().int().min(0),
      currency: z.enum(['EUR', 'GBP', 'USD']),
      paymentToken: z.string(),
      customerId: z.string().nullable(),
    })
    .transform(({ orderId, amountMinor, currency, paymentToken, customerId }): PaymentTask => ({
      orderId,
      command: {
        type: 'RequestAuthorization',
        charge: { amount: { amountMinor, currency }, customerId, paymentToken },
      },
    })),
  'payment.capture-requested': order.transform(({ orderId }): PaymentTask => ({
    orderId,
    command: { type: 'RequestCapture' },
  })),
  'payment.void-requested': order.transform(({ orderId }): PaymentTask => ({
    orderId,
    command: { type: 'RequestUndo' },
  })),
  'payment.refund-requested': order
    .extend({
      refundId: z.string().min(1),
      amountMinor: z.number().int().positive(),
      reason: z.string().nullish(),
    })
    .transform(({ orderId, refundId, amountMinor, reason }): PaymentTask => ({
      orderId,
      command: { type: 'RequestRefund', refund: { id: refundId, amountMinor, reason: reason ?? '' } },
    })),
} as const;

export const COMMAND_TYPES = Object.keys(COMMANDS);

/** @throws ZodError for a command that is not as agreed: it becomes a dead letter. */
export const taskOf = ({ type, payload }: RecordedEvent): PaymentTask =>
  COMMANDS[type as keyof typeof COMMANDS].parse(payload);
