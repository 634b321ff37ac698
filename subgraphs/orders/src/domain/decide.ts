import { decidePayment } from './decide-payment.js';
import { decideShipment } from './decide-shipment.js';
import { decideStock } from './decide-stock.js';
import { tick } from './decide-time.js';
import { decideWish } from './decide-wish.js';
import { type Move, type Situation, goOn, inTurn, nothing, tell } from './moves.js';
import type { Decision, OrderCommand } from './order-command.js';

/**
 * What follows from a command. Reports of other subgraphs may come twice, late and in any order: each counts only
 * while its step waits for it, so one that no longer fits changes nothing.
 *
 * @example decide({ type: 'ReportStockCommitted' }, situation) // commit is done, payments is asked to capture
 */
export function decide(command: OrderCommand, situation: Situation): Decision {
  const follows = (move: Move): Decision => ({ accepted: true, events: move(situation) });
  switch (command.type) {
    case 'Cancel':
    case 'Transition':
    case 'Return':
    case 'Retry':
    case 'Compensate':
      return decideWish(command, situation);
    case 'Receive':
      return follows(situation.order.version === 0 ? inTurn(tell({ type: 'OrderReceived' }), goOn) : nothing);
    case 'Tick':
      return follows(tick);
    case 'ReportStockReserved':
    case 'ReportStockRefused':
    case 'ReportStockExpired':
    case 'ReportStockCommitted':
    case 'ReportCommitRefused':
    case 'ReportStockReleased':
      return follows(decideStock(command));
    case 'ReportPaymentChallenged':
    case 'ReportPaymentAuthorized':
    case 'ReportPaymentDeclined':
    case 'ReportPaymentCaptured':
    case 'ReportCaptureRefused':
    case 'ReportPaymentVoided':
    case 'ReportPaymentRefunded':
      return follows(decidePayment(command));
    case 'ReportShipmentScheduled':
    case 'ReportShipmentRefused':
    case 'ReportShipped':
    case 'ReportMoved':
    case 'ReportDelivered':
    case 'ReportLost':
    case 'ReportShipmentCancelled':
    case 'ReportCancelRefused':
    case 'ReportReturnScheduled':
    case 'ReportReturned':
      return follows(decideShipment(command));
  }
}
