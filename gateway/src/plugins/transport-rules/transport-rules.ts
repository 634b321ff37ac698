import { requireStep } from '../../operation/operation-call.js';
import { refuse } from '../../operation/refusal.js';
import type { GatewayPlugin } from '../../plugin.js';

/** What each transport may carry: GET only reads, and plain JSON has one answer for one request. */
export function transportRules(): GatewayPlugin {
  return {
    name: 'transport-rules',
    operation(call, next) {
      const { kind } = requireStep(call.operation, 'documents');
      if (call.via === 'GET' && kind === 'mutation') {
        throw refuse('BAD_USER_INPUT', `A mutation cannot be sent by GET. Use POST.`, {
          status: 405,
          headers: { allow: 'POST' },
        });
      }
      if (kind === 'subscription' && call.via !== 'WebSocket' && !call.acceptsStream) {
        throw refuse(
          'BAD_USER_INPUT',
          'A subscription is answered by a stream: send "accept: text/event-stream", or connect to the same address by WebSocket with the protocol graphql-transport-ws.',
        );
      }
      return next();
    },
  };
}
