import { type Intent, nextOperation } from './intent.js';
import type { IntentEvent } from './intent-event.js';

/** The payment after an event. */
export function evolve(intent: Intent, event: IntentEvent): Intent {
  const changed = change(intent, event);
  return { ...changed, operation: nextOperation(changed) };
}

function change(intent: Intent, event: IntentEvent): Intent {
  switch (event.type) {
    case 'AuthorizationRequested':
      return { ...intent, status: 'REQUESTED', charge: event.charge };
    case 'CaptureRequested':
      return { ...intent, goal: 'CAPTURED' };
    case 'UndoRequested':
      return { ...intent, goal: 'UNDONE' };
    case 'Authorized':
      return { ...told(intent), status: 'AUTHORIZED', providerReference: event.reference };
    case 'Declined':
      return { ...told(intent), status: 'DECLINED', declineReason: event.reason };
    case 'Captured':
      return { ...told(intent), status: 'CAPTURED' };
    case 'Voided':
      return { ...told(intent), status: 'VOIDED' };
    case 'Refunded':
      return { ...told(intent), status: 'REFUNDED' };
  }
}

/** The operation that was due is done, and others are told: the next one starts counting anew. */
const told = (intent: Intent): Intent => ({
  ...intent,
  version: intent.version + 1,
  operation: null,
  attempts: 0,
});
