import type { OrderMessage } from '../messages.js';
import type { OrderCommand } from '../order-command.js';
import { facts } from './an-order.js';

/** How the others will decide when they are asked. */
export interface Moods {
  readonly stock: 'ENOUGH' | 'TOO_LITTLE';
  readonly bank: 'APPROVES' | 'DECLINES' | 'CHALLENGES';
  readonly capture: 'WORKS' | 'IS_REFUSED';
  readonly carrier: 'TAKES_IT' | 'REFUSES';
}

type Stock = 'NONE' | 'RESERVED' | 'REFUSED' | 'COMMITTED' | 'RELEASED' | 'EXPIRED';
type Payment =
  'NONE' | 'CHALLENGED' | 'AUTHORIZED' | 'DECLINED' | 'CAPTURED' | 'VOIDED' | 'REFUNDED' | 'HOLD_GONE';
type Parcel = 'NONE' | 'SCHEDULED' | 'REFUSED' | 'SHIPPED' | 'DELIVERED' | 'LOST' | 'CANCELLED';

/** Things that happen in the world without anybody asking. */
export type Incident =
  | 'RESERVATION_EXPIRES'
  | 'BUYER_CONFIRMS'
  | 'STAFF_REFUNDS_A_PART'
  | 'PARCEL_LEAVES'
  | 'PARCEL_MOVES'
  | 'PARCEL_ARRIVES'
  | 'PARCEL_IS_LOST'
  | 'PARCEL_COMES_BACK';

/**
 * Inventory, payments and shipping as the contract describes them: each request may come twice, late and in any order,
 * and is answered according to what is true. What is broken in the order's machine shows here: as a capture before a
 * commit, or as units and money that are still held in the end.
 */
export function createWorld(moods: Moods) {
  const total = facts.total.amountMinor;
  let stock: Stock = 'NONE';
  let payment: Payment = 'NONE';
  let parcel: Parcel = 'NONE';
  let back: 'NONE' | 'SCHEDULED' | 'RETURNED' = 'NONE';
  let refunded = 0;
  const ever = { committed: false, captured: false };
  const wrongs: string[] = [];
  const answers: OrderCommand[] = [];
  const answer = (command: OrderCommand): void => void answers.push(command);
  const reason = 'No.';

  const react: Readonly<Record<string, () => void>> = {
    'stock.reserve-requested'() {
      if (stock === 'NONE') stock = moods.stock === 'ENOUGH' ? 'RESERVED' : 'REFUSED';
      if (stock === 'RESERVED') answer({ type: 'ReportStockReserved' });
      if (stock === 'REFUSED')
        answer({ type: 'ReportStockRefused', variantId: 'v1', requested: 2, available: 0 });
    },
    'stock.commit-requested'() {
      if (stock === 'RESERVED') stock = 'COMMITTED';
      if (stock !== 'COMMITTED') return answer({ type: 'ReportCommitRefused', reason: 'EXPIRED' });
      ever.committed = true;
      answer({ type: 'ReportStockCommitted' });
    },
    'stock.release-requested'() {
      stock = 'RELEASED';
      answer({ type: 'ReportStockReleased' });
    },
    'payment.authorize-requested'() {
      if (payment === 'NONE') {
        payment =
          moods.bank === 'APPROVES' ? 'AUTHORIZED' : moods.bank === 'DECLINES' ? 'DECLINED' : 'CHALLENGED';
      }
      tellPayment();
    },
    'payment.capture-requested'() {
      if (!ever.committed) wrongs.push('a payment was captured before the stock was committed');
      if (payment === 'AUTHORIZED') payment = moods.capture === 'WORKS' ? 'CAPTURED' : 'HOLD_GONE';
      if (payment !== 'CAPTURED') return answer({ type: 'ReportCaptureRefused', reason });
      ever.captured = true;
      answer({ type: 'ReportPaymentCaptured' });
    },
    'payment.void-requested'() {
      if (payment === 'CAPTURED') {
        payment = 'REFUNDED';
        refunded = total;
      } else if (payment === 'NONE' || payment === 'AUTHORIZED' || payment === 'CHALLENGED')
        payment = 'VOIDED';
      tellPayment();
    },
    'shipment.schedule-requested'() {
      if (!ever.captured) wrongs.push('a parcel was scheduled before the payment was captured');
      if (parcel === 'NONE') parcel = moods.carrier === 'TAKES_IT' ? 'SCHEDULED' : 'REFUSED';
      if (parcel === 'REFUSED') answer({ type: 'ReportShipmentRefused', reason });
      else if (parcel !== 'CANCELLED') answer({ type: 'ReportShipmentScheduled' });
    },
    'shipment.cancel-requested'() {
      if (parcel === 'NONE' || parcel === 'SCHEDULED' || parcel === 'REFUSED') parcel = 'CANCELLED';
      answer(
        parcel === 'CANCELLED'
          ? { type: 'ReportShipmentCancelled' }
          : { type: 'ReportCancelRefused', reason },
      );
    },
    'shipment.advance-requested'() {
      if (parcel === 'SCHEDULED') happen('PARCEL_LEAVES');
      else if (parcel === 'SHIPPED') happen('PARCEL_ARRIVES');
    },
    'shipment.return-requested'() {
      if (back === 'NONE') back = 'SCHEDULED';
      answer({ type: 'ReportReturnScheduled' });
    },
  };

  function tellPayment(): void {
    if (payment === 'AUTHORIZED' || payment === 'CAPTURED') answer({ type: 'ReportPaymentAuthorized' });
    if (payment === 'DECLINED' || payment === 'HOLD_GONE') answer({ type: 'ReportPaymentDeclined', reason });
    if (payment === 'CHALLENGED') answer({ type: 'ReportPaymentChallenged' });
    if (payment === 'VOIDED') answer({ type: 'ReportPaymentVoided' });
    if (payment === 'REFUNDED') answer({ type: 'ReportPaymentRefunded', refundedMinor: refunded });
  }

  function happen(incident: Incident): void {
    if (incident === 'RESERVATION_EXPIRES' && stock === 'RESERVED') {
      stock = 'EXPIRED';
      answer({ type: 'ReportStockExpired' });
    }
    if (incident === 'BUYER_CONFIRMS' && payment === 'CHALLENGED') {
      payment = 'AUTHORIZED';
      tellPayment();
    }
    if (incident === 'STAFF_REFUNDS_A_PART' && payment === 'CAPTURED' && refunded + 100 < total) {
      refunded += 100;
      answer({ type: 'ReportPaymentRefunded', refundedMinor: refunded });
    }
    if (incident === 'PARCEL_LEAVES' && parcel === 'SCHEDULED') {
      parcel = 'SHIPPED';
      answer({ type: 'ReportShipped' });
    } else if (incident === 'PARCEL_ARRIVES' && parcel === 'SHIPPED') {
      parcel = 'DELIVERED';
      answer({ type: 'ReportDelivered' });
    } else if (incident === 'PARCEL_IS_LOST' && parcel === 'SHIPPED') {
      parcel = 'LOST';
      answer({ type: 'ReportLost' });
    }
    if (incident === 'PARCEL_MOVES' && parcel === 'SHIPPED')
      answer({ type: 'ReportMoved', message: 'Seen.' });
    if (incident === 'PARCEL_COMES_BACK' && back === 'SCHEDULED') {
      back = 'RETURNED';
      answer({ type: 'ReportReturned' });
    }
  }

  return {
    wrongs,
    /** What the services say, in the order in which they said it; whoever delivers it takes it out. */
    answers,
    receive: ({ type }: OrderMessage): void => react[type]?.(),
    happen,
    get truth() {
      const kept = payment === 'CAPTURED' ? total - refunded : payment === 'AUTHORIZED' ? total : 0;
      return { stock, payment, parcel, back, kept };
    },
  };
}
export type World = ReturnType<typeof createWorld>;
