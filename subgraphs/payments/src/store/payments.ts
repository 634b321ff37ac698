import type { Currency, IntentStatus } from '../domain/intent.js';
import type { Refund } from '../domain/refund.js';
import type { PaymentsDatabase } from './database.js';

/** A payment as readers see it. */
export interface PaymentRecord {
  readonly id: string;
  readonly orderId: string;
  readonly customerId: string | null;
  readonly status: IntentStatus;
  readonly amountMinor: number | null;
  readonly currency: Currency | null;
  readonly declineReason: string | null;
  readonly challengeUrl: string | null;
  readonly refunds: readonly Refund[];
  readonly refundedMinor: number;
  readonly updatedAt: Date;
}

/** Payments of orders in one round trip, in any order; missing ones are left out. */
export async function paymentsOfOrders(
  { prisma }: PaymentsDatabase,
  orderIds: readonly string[],
): Promise<PaymentRecord[]> {
  const rows = await prisma.intent.findMany({
    where: { orderId: { in: [...orderIds] } },
    select: {
      paymentId: true,
      orderId: true,
      customerId: true,
      status: true,
      amountMinor: true,
      currency: true,
      declineReason: true,
      challengeUrl: true,
      refunds: true,
      refundedMinor: true,
      updatedAt: true,
    },
  });
  return rows.map(({ paymentId, refunds, ...row }) => ({
    ...row,
    id: paymentId,
    // Only apply-commands.ts writes them.
    refunds: refunds as unknown as readonly Refund[],
  }));
}
