import type { RecordedEvent } from '@souk/kit/events';
import { z } from 'zod';
import type { OrderTask } from '../store/apply-commands.js';

/** What other subgraphs report about an order, and the command that each report is to it. */
const REPORTS = {
  'stock.reserved': z
    .object({ orderId: z.string() })
    .transform(({ orderId }): OrderTask => ({ orderId, command: { type: 'ReportStockReserved' } })),
  'stock.refused': z
    .object({
      orderId: z.string(),
      variantId: z.string(),
      requested: z.number().int(),
      available: z.number().int().min(0),
    })
    .transform(({ orderId, ...refusal }): OrderTask => ({
      orderId,
      command: { type: 'ReportStockRefused', ...refusal },
    })),
  'payment.authorized': z
    .object({ orderId: z.string() })
    .transform(({ orderId }): OrderTask => ({ orderId, command: { type: 'ReportPaymentAuthorized' } })),
  'payment.declined': z
    .object({ orderId: z.string(), reason: z.string() })
    .transform(({ orderId, reason }): OrderTask => ({
      orderId,
      command: { type: 'ReportPaymentDeclined', reason },
    })),
} as const;

/** Who reports what. */
export const REPORTERS = {
  inventory: ['stock.reserved', 'stock.refused'],
  payments: ['payment.authorized', 'payment.declined'],
} as const satisfies Record<string, readonly (keyof typeof REPORTS)[]>;

/** @throws ZodError for a report that is not as agreed: it becomes a dead letter. */
export const taskOf = ({ type, payload }: RecordedEvent): OrderTask =>
  REPORTS[type as keyof typeof REPORTS].parse(payload);
