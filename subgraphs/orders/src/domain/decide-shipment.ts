import {
  type Move,
  type Situation,
  ask,
  done,
  giveMoneyBack,
  goOn,
  ifOpen,
  inTurn,
  nothing,
  refused,
  tell,
  undo,
} from './moves.js';
import type { OrderState } from './order.js';
import type { ShipmentReport } from './order-command.js';
import { isOpen } from './saga-step.js';

/** What follows from what shipping reports. */
export function decideShipment(report: ShipmentReport): Move {
  switch (report.type) {
    case 'ReportShipmentScheduled':
      return ifOpen(
        'SCHEDULE_SHIPMENT',
        inTurn(done('SCHEDULE_SHIPMENT'), tell({ type: 'ShipmentScheduled' }), goOn),
      );
    case 'ReportShipmentRefused':
      return ifOpen(
        'SCHEDULE_SHIPMENT',
        inTurn(
          refused('SCHEDULE_SHIPMENT', report.reason),
          ifOpen('CANCEL_SHIPMENT', done('CANCEL_SHIPMENT')),
          undo({ type: 'OrderCancelled', reason: `The parcel cannot be sent: ${report.reason}` }),
        ),
      );
    case 'ReportShipped':
      return ifUnderWay(inTurn(parcelLeaves, goOn));
    case 'ReportDelivered':
      return ifUnderWay(
        inTurn(parcelLeaves, done('DELIVER'), (situation) =>
          tell({
            type: 'OrderAdvanced',
            to: 'COMPLETE',
            message: situation.order.steps.DELIVER?.note ?? null,
          })(situation),
        ),
      );
    case 'ReportMoved':
      return (situation) =>
        isUnderWay(situation) || isOpen(situation.order.steps.RECEIVE_RETURN)
          ? [{ type: 'ParcelMoved', message: report.message }]
          : [];
    case 'ReportLost':
      return inTurn(
        ifUnderWay(lost('The parcel was lost on its way. Your payment is given back.')),
        returnLost,
      );
    case 'ReportShipmentCancelled':
      return (situation) => {
        const { status, steps } = situation.order;
        if (status !== 'PAID' || !steps.SCHEDULE_SHIPMENT) return [];
        // Without a request of ours it was the carrier who called it off.
        const reason = steps.CANCEL_SHIPMENT ? steps.CANCEL_SHIPMENT.note : 'The parcel cannot be sent.';
        return inTurn(
          steps.CANCEL_SHIPMENT ? done('CANCEL_SHIPMENT') : nothing,
          undo({ type: 'OrderCancelled', reason }),
        )(situation);
      };
    case 'ReportCancelRefused':
      return ifOpen('CANCEL_SHIPMENT', cannotBeStopped(report.reason));
    case 'ReportReturnScheduled':
      return ifOpen(
        'RETURN_SHIPMENT',
        inTurn(done('RETURN_SHIPMENT'), tell({ type: 'ReturnScheduled' }), ask('RECEIVE_RETURN')),
      );
    case 'ReportReturned':
      return (situation) => {
        const { RETURN_SHIPMENT, RECEIVE_RETURN } = situation.order.steps;
        if (!RETURN_SHIPMENT || RECEIVE_RETURN?.status === 'DONE') return [];
        return inTurn(
          done('RETURN_SHIPMENT'),
          done('RECEIVE_RETURN'),
          tell({ type: 'ParcelReturned' }),
          giveMoneyBack('RETURNED'),
          ask('RELEASE_STOCK', 'RETURNED'),
        )(situation);
      };
  }
}

/** Shipping was asked for a parcel, and it has not arrived yet. */
const isUnderWay = ({ order: { status, steps } }: Situation): boolean =>
  (status === 'PAID' && steps.SCHEDULE_SHIPMENT !== undefined) || status === 'SHIPPED';

const ifUnderWay =
  (move: Move): Move =>
  (situation) =>
    isUnderWay(situation) ? move(situation) : [];

/** The parcel is on its way. Whoever asked to stop it comes too late; the report of its schedule may be late as well. */
const parcelLeaves: Move = (situation) => {
  if (situation.order.status !== 'PAID') return [];
  return inTurn(
    ifOpen('CANCEL_SHIPMENT', cannotBeStopped('The parcel has left.')),
    done('SCHEDULE_SHIPMENT'),
    done('SHIP'),
    tell({ type: 'OrderAdvanced', to: 'SHIPPED', message: situation.order.steps.SHIP?.note ?? null }),
  )(situation);
};

const cannotBeStopped = (reason: string): Move =>
  inTurn(refused('CANCEL_SHIPMENT', reason), tell({ type: 'CancelRefused' }));

/** The units are gone, so only the money is given back. */
export const lost = (reason: string | null): Move =>
  inTurn(
    ifOpen('CANCEL_SHIPMENT', refused('CANCEL_SHIPMENT', 'The parcel is lost.')),
    undo({ type: 'OrderCancelled', reason }, 'GONE'),
  );

/** The parcel does not come back, but its customer has given it away: only the money is given back. */
export const returnLost: Move = ({ order, ...rest }) =>
  isReturning(order)
    ? inTurn(
        ifOpen('RETURN_SHIPMENT', refused('RETURN_SHIPMENT', 'The parcel does not come back.')),
        ifOpen('RECEIVE_RETURN', refused('RECEIVE_RETURN', 'The parcel does not come back.')),
        giveMoneyBack('RETURNED'),
      )({ order, ...rest })
    : [];

/** A return was begun, and its parcel is not back yet. */
export const isReturning = ({ steps }: OrderState): boolean =>
  isOpen(steps.RETURN_SHIPMENT) || isOpen(steps.RECEIVE_RETURN);
