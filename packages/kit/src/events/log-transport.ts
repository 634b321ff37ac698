import type { OwnersLogs } from './owners-logs.js';
import { type ConsumerOptions, runConsumer } from './run-consumer.js';
import { subscribeToLog } from './subscribe-to-log.js';
import type { EventTransport } from './transport.js';

/** A transport without anything between: each consumer reads the owner's log. */
export const createLogTransport = (logs: OwnersLogs, options: ConsumerOptions): EventTransport => ({
  attach: logs.attach,
  subscribe: (subscription) =>
    subscribeToLog(logs, subscription, options, (log) => runConsumer(log, subscription, options)),
  close: async () => {},
});
