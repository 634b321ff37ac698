import type { EventLog } from './event-log.js';
import type { OwnersLogs } from './owners-logs.js';
import { type RedeliveryOptions, startRedelivery } from './redelivery.js';
import type { EventSubscription } from './transport.js';

interface Running {
  stop(): Promise<void>;
}

/**
 * Begins to consume as soon as the owner's log is there, and looks for dead letters to try again meanwhile.
 *
 * @param consume takes in the events of that log; is not called after `stop`
 * @example subscribeToLog(logs, subscription, { logger }, (log) => runConsumer(log, subscription, { logger }));
 */
export function subscribeToLog(
  logs: OwnersLogs,
  subscription: EventSubscription,
  options: RedeliveryOptions,
  consume: (log: EventLog) => Running,
): Running {
  const running: Running[] = [startRedelivery(subscription, options)];
  let stopped = false;
  void logs.of(subscription.owner, subscription.consumer).then((log) => {
    if (!stopped) running.push(consume(log));
  });
  return {
    async stop() {
      stopped = true;
      await Promise.all(running.map((part) => part.stop()));
    },
  };
}
