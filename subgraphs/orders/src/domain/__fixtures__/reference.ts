import type { OrderCommand } from '../order-command.js';
import type { OrderStatus } from '../order-status.js';
import { facts } from './an-order.js';

/**
 * The saga as one would explain it: seven answers in a row, each moving the order one step on; a refusal or a lack of
 * an answer ends it. It knows nothing of steps, messages or compensations.
 */
export interface Reference {
  /** Answers so far. */
  readonly answers: number;
  readonly off: 'CANCELLED' | 'FAILED' | null;
  readonly stopping: 'NO' | 'ASKED' | 'REFUSED';
  readonly deadline: number;
  readonly challenged: boolean;
}

const ANSWERS: readonly OrderCommand['type'][] = [
  'ReportStockReserved',
  'ReportPaymentAuthorized',
  'ReportStockCommitted',
  'ReportPaymentCaptured',
  'ReportShipmentScheduled',
  'ReportShipped',
  'ReportDelivered',
];
const REFUSALS: readonly OrderCommand['type'][] = [
  'ReportStockRefused',
  'ReportPaymentDeclined',
  'ReportCommitRefused',
  'ReportCaptureRefused',
  'ReportShipmentRefused',
];
const STATUS: readonly OrderStatus[] = [
  ...(['PENDING', 'PENDING', 'PLACED', 'PLACED'] as const),
  ...(['PAID', 'PAID', 'SHIPPED', 'COMPLETE'] as const),
];
const MINUTE = 60_000;
/** How long the third and fourth answer are waited for; later ones have no end that an order goes by. */
const PATIENCE = [0, 0, 30 * MINUTE, 24 * 60 * MINUTE];

export const REFERENCE: Reference = {
  answers: 0,
  off: null,
  stopping: 'NO',
  deadline: facts.decideBy.getTime(),
  challenged: false,
};

export const statusOf = ({ answers, off }: Reference): OrderStatus => off ?? STATUS[answers] ?? 'COMPLETE';

export function referTo(now: Reference, command: OrderCommand, at: number): Reference {
  const { answers } = now;
  if (now.off) return now;
  const deadline = answers < 2 ? now.deadline : at + (PATIENCE[answers] ?? 0);
  const answered = (count: number): Reference => ({
    ...now,
    answers: count,
    deadline: count < 2 ? now.deadline : at + (PATIENCE[count] ?? 0),
    stopping: count > 5 && now.stopping === 'ASKED' ? 'REFUSED' : now.stopping,
  });
  const ended: Reference = { ...now, off: answers < 2 ? 'FAILED' : 'CANCELLED' };
  const isUnderWay = answers >= 4 && answers <= 6;

  const answer = ANSWERS.indexOf(command.type);
  if (answer === answers) return answered(answers + 1);
  if (answer > answers && answer >= 5 && isUnderWay) return answered(answer + 1);
  if (answer >= 0) return now;
  if (REFUSALS.includes(command.type)) return REFUSALS.indexOf(command.type) === answers ? ended : now;
  const { type } = command;
  if (type === 'Tick') return answers < 4 && at >= now.deadline ? ended : now;
  if (type === 'Retry') return { ...now, deadline };
  if (type === 'ReportPaymentChallenged' && answers === 1 && !now.challenged) {
    return { ...now, challenged: true, deadline: at + 15 * MINUTE };
  }
  if (type === 'ReportStockExpired' && answers < 2) return ended;
  if (type === 'ReportLost' && isUnderWay) return { ...now, off: 'CANCELLED' };
  if (type === 'ReportShipmentCancelled' && isUnderWay && answers < 6) return { ...now, off: 'CANCELLED' };
  if (type === 'ReportCancelRefused' && now.stopping === 'ASKED') return { ...now, stopping: 'REFUSED' };
  if (type === 'Compensate' && answers === 6) return { ...now, off: 'CANCELLED' };
  const isCancel = type === 'Cancel' || type === 'Compensate';
  return isCancel || (type === 'Transition' && command.to === 'CANCELLED') ? cancelled(now) : now;
}

function cancelled(now: Reference): Reference {
  if (now.answers < 4) return { ...now, off: 'CANCELLED' };
  return now.answers < 6 && now.stopping === 'NO' ? { ...now, stopping: 'ASKED' } : now;
}
