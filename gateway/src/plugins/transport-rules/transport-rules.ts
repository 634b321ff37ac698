import { requireStep } from '../../operation/operation-call.js';
import { refuse } from '../../operation/refusal.js';
import type { GatewayPlugin } from '../../plugin.js';

/** What each transport may carry: GET only reads, and plain HTTP has one answer for one request. */
export function transportRules(): GatewayPlugin {
  return {
    name: 'transport-rules',
    async operation(call, next) {
      const { kind } = requireStep(call.operation, 'documents');
      if (call.via === 'GET' && kind !== 'query') {
        throw refuse('BAD_USER_INPUT', `A ${kind} cannot be sent by GET. Use POST.`, {
          status: 405,
          headers: { allow: 'POST' },
        });
      }
      if (call.via !== 'WebSocket' && kind === 'subscription') {
        throw refuse(
          'BAD_USER_INPUT',
          'Subscriptions run over a WebSocket: connect to the same address with the protocol graphql-transport-ws.',
        );
      }
      return next();
    },
  };
}
