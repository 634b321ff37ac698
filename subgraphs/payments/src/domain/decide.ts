import type { Intent } from './intent.js';
import type { IntentCommand } from './intent-command.js';
import type { IntentEvent } from './intent-event.js';

/**
 * What follows from a command. Commands and the provider's answers may come twice, late and in any order: one that no
 * longer fits is dropped.
 *
 * @example decide({ type: 'ReportCaptured' }, intent) // [{ type: 'Captured' }] if it was authorised, else []
 */
export function decide(command: IntentCommand, intent: Intent): readonly IntentEvent[] {
  const { status, goal } = intent;
  switch (command.type) {
    case 'RequestAuthorization':
      if (status !== 'NEW') return [];
      // The wish to undo it came first: it is over before the provider hears of it.
      return goal === 'UNDONE'
        ? [{ type: 'AuthorizationRequested', charge: command.charge }, { type: 'Voided' }]
        : [{ type: 'AuthorizationRequested', charge: command.charge }];
    case 'RequestCapture':
      return goal === 'AUTHORIZED' && !isOver(intent) ? [{ type: 'CaptureRequested' }] : [];
    case 'RequestUndo':
      if (goal === 'UNDONE' || isOver(intent)) return [];
      return status === 'REQUESTED' && intent.attempts === 0
        ? [{ type: 'UndoRequested' }, { type: 'Voided' }]
        : [{ type: 'UndoRequested' }];
    case 'ReportAuthorized':
      return status === 'REQUESTED' ? [{ type: 'Authorized', reference: command.reference }] : [];
    case 'ReportDeclined':
      return status === 'REQUESTED' ? [{ type: 'Declined', reason: command.reason }] : [];
    case 'ReportCaptured':
      return status === 'AUTHORIZED' ? [{ type: 'Captured' }] : [];
    case 'ReportVoided':
      return status === 'AUTHORIZED' ? [{ type: 'Voided' }] : [];
    case 'ReportRefunded':
      return status === 'CAPTURED' ? [{ type: 'Refunded' }] : [];
  }
}

const isOver = ({ status }: Intent): boolean =>
  status === 'DECLINED' || status === 'VOIDED' || status === 'REFUNDED';
