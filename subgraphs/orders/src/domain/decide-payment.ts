import { type Move, done, goOn, ifOpen, inTurn, refused, tell, undo } from './moves.js';
import type { PaymentReport } from './order-command.js';
import { challengeDeadline } from './saga-policy.js';

/** What follows from what payments reports. */
export function decidePayment(report: PaymentReport): Move {
  switch (report.type) {
    case 'ReportPaymentChallenged':
      return ifOpen('AUTHORIZE_PAYMENT', ({ order, at }) =>
        order.steps.AUTHORIZE_PAYMENT?.note
          ? []
          : [
              {
                type: 'StepExtended',
                step: 'AUTHORIZE_PAYMENT',
                at,
                deadline: challengeDeadline(at),
                note: "The buyer's bank wants the payment to be confirmed.",
              },
              { type: 'PaymentChallenged' },
            ],
      );
    case 'ReportPaymentAuthorized':
      return ifOpen(
        'AUTHORIZE_PAYMENT',
        inTurn(
          done('AUTHORIZE_PAYMENT'),
          tell({ type: 'PaymentAuthorized' }),
          tell({ type: 'OrderPlaced' }),
          goOn,
        ),
      );
    case 'ReportPaymentDeclined': {
      const { reason } = report;
      return inTurn(
        ifOpen(
          'AUTHORIZE_PAYMENT',
          inTurn(
            refused('AUTHORIZE_PAYMENT', reason),
            tell({ type: 'PaymentDeclined', reason }),
            undo({ type: 'OrderFailed', failure: { code: 'PAYMENT_DECLINED', reason } }),
          ),
        ),
        nothingIsHeld,
      );
    }
    case 'ReportPaymentCaptured':
      return ifOpen(
        'CAPTURE_PAYMENT',
        inTurn(done('CAPTURE_PAYMENT'), tell({ type: 'OrderAdvanced', to: 'PAID', message: null }), goOn),
      );
    case 'ReportCaptureRefused':
      return inTurn(
        ifOpen(
          'CAPTURE_PAYMENT',
          inTurn(
            refused('CAPTURE_PAYMENT', report.reason),
            undo({ type: 'OrderCancelled', reason: `The payment could not be taken: ${report.reason}` }),
          ),
        ),
        nothingIsHeld,
      );
    case 'ReportPaymentVoided':
      // Also the answer where nothing was left to give back.
      return ifOpen('VOID_PAYMENT', (situation) =>
        situation.order.refundedMinor > 0
          ? done('VOID_PAYMENT')(situation)
          : inTurn(done('VOID_PAYMENT'), tell({ type: 'PaymentVoided' }))(situation),
      );
    case 'ReportPaymentRefunded':
      return refunded(report.refundedMinor);
  }
}

/** The order was called off before the refusal was known: there is nothing to give back. */
const nothingIsHeld: Move = ifOpen('VOID_PAYMENT', done('VOID_PAYMENT'));

/** A part of the money may come back at any time; the order is undone when all of it has. */
const refunded =
  (refundedMinor: number): Move =>
  (situation) => {
    const { order, facts } = situation;
    return inTurn(
      refundedMinor >= facts.total.amountMinor ? ifOpen('VOID_PAYMENT', done('VOID_PAYMENT')) : () => [],
      refundedMinor > order.refundedMinor ? tell({ type: 'PaymentRefunded', refundedMinor }) : () => [],
    )(situation);
  };
