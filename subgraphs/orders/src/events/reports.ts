import type { RecordedEvent } from '@souk/kit/events';
import { z } from 'zod';
import type { OrderCommand, Report } from '../domain/order-command.js';
import type { OrderTask } from '../store/apply-commands.js';

const orderId = z.string();
const reason = z.string();
const minor = z.number().int().min(0);

/** A report that tells nothing but that it happened. */
const plain = (command: Report) =>
  z.object({ orderId }).transform((of): OrderTask => task(of.orderId, command));
/** A report with the reason of a refusal. */
const refusal = (type: Extract<Report, { reason: string }>['type']) =>
  z.object({ orderId, reason }).transform((of): OrderTask => task(of.orderId, { type, reason: of.reason }));

const task = (id: string, command: OrderCommand): OrderTask => ({ orderId: id, command });

/** What other subgraphs report about an order, and the command that each report is to it. */
const REPORTS = {
  inventory: {
    'stock.reserved': plain({ type: 'ReportStockReserved' }),
    'stock.refused': z
      .object({ orderId, variantId: z.string(), requested: z.number().int(), available: minor })
      .transform(({ orderId: id, ...units }) => task(id, { type: 'ReportStockRefused', ...units })),
    'stock.expired': plain({ type: 'ReportStockExpired' }),
    'stock.committed': plain({ type: 'ReportStockCommitted' }),
    'stock.commit-refused': refusal('ReportCommitRefused'),
    'stock.released': plain({ type: 'ReportStockReleased' }),
  },
  payments: {
    'payment.authorized': plain({ type: 'ReportPaymentAuthorized' }),
    'payment.declined': refusal('ReportPaymentDeclined'),
    'payment.challenge-required': plain({ type: 'ReportPaymentChallenged' }),
    'payment.captured': plain({ type: 'ReportPaymentCaptured' }),
    'payment.capture-refused': refusal('ReportCaptureRefused'),
    'payment.voided': plain({ type: 'ReportPaymentVoided' }),
    'payment.refunded': z
      .object({ orderId, amountMinor: minor, refundedMinor: minor.optional() })
      .transform(({ orderId: id, amountMinor, refundedMinor = amountMinor }) =>
        task(id, { type: 'ReportPaymentRefunded', refundedMinor }),
      ),
  },
  shipping: {
    'shipment.scheduled': plain({ type: 'ReportShipmentScheduled' }),
    'shipment.refused': refusal('ReportShipmentRefused'),
    'shipment.shipped': plain({ type: 'ReportShipped' }),
    'shipment.moved': z
      .object({ orderId, message: z.string(), place: z.string().nullish() })
      .transform(({ orderId: id, message, place }) =>
        task(id, { type: 'ReportMoved', message: place ? `${place}: ${message}` : message }),
      ),
    'shipment.delivered': plain({ type: 'ReportDelivered' }),
    'shipment.lost': plain({ type: 'ReportLost' }),
    'shipment.cancelled': plain({ type: 'ReportShipmentCancelled' }),
    'shipment.cancel-refused': refusal('ReportCancelRefused'),
    'shipment.return-scheduled': plain({ type: 'ReportReturnScheduled' }),
    'shipment.returned': plain({ type: 'ReportReturned' }),
  },
} as const satisfies Record<string, Record<string, z.ZodType<OrderTask>>>;

/** Who reports what. */
export const REPORTERS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(REPORTS).map(([owner, reports]) => [owner, Object.keys(reports)]),
);

const TASKS: ReadonlyMap<string, z.ZodType<OrderTask>> = new Map(
  Object.values(REPORTS).flatMap((reports) => Object.entries(reports)),
);

/** @throws ZodError for a report that is not as agreed: it becomes a dead letter. */
export function taskOf({ type, payload }: RecordedEvent): OrderTask {
  const reader = TASKS.get(type);
  if (!reader) throw new Error(`Nobody expects the report ${type}.`);
  return reader.parse(payload);
}
