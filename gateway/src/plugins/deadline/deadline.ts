import { requireStep } from '../../operation/operation-call.js';
import type { GatewayPlugin } from '../../plugin.js';
import { createRunningDeadlines } from './running-deadlines.js';

export interface DeadlineOptions {
  /** How long a query or mutation may take as a whole, in milliseconds. @default 30000 */
  readonly ms?: number;
}

/**
 * Bounds the time of an operation, however many subgraphs are asked one after the other: when it is over, what is still
 * asked fails with TIMEOUT and the client gets what there is. Subgraphs are told how much time is left. Streams have no
 * deadline: each fetch for their events has its own time limit.
 */
export function deadline({ ms = 30_000 }: DeadlineOptions): GatewayPlugin {
  const deadlines = createRunningDeadlines(ms);
  return {
    name: 'deadline',
    operation(call, next) {
      const { kind } = requireStep(call.operation, 'documents');
      if (kind === 'subscription') return next();
      const own = deadlines.begin();
      call.deadline = own;
      // A mutation that started is finished even if nobody waits: half of it done would be worse.
      const client = kind === 'query' ? call.signal : undefined;
      const leave = (): void => own.signal.abort();
      if (client?.aborted) leave();
      client?.addEventListener('abort', leave, { once: true });
      const end = (): void => {
        deadlines.end(own);
        client?.removeEventListener('abort', leave);
      };
      try {
        const outcome = next();
        if (outcome instanceof Promise) outcome.then(end, end);
        else end();
        return outcome;
      } catch (error) {
        end();
        throw error;
      }
    },
  };
}
