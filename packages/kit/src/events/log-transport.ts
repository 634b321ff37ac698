import type { OwnersLogs } from './owners-logs.js';
import { startRedelivery } from './redelivery.js';
import { type ConsumerOptions, runConsumer } from './run-consumer.js';
import type { EventTransport } from './transport.js';

/** A transport without anything between: each consumer reads the owner's log. */
export function createLogTransport(logs: OwnersLogs, options: ConsumerOptions): EventTransport {
  return {
    attach: logs.attach,
    subscribe(subscription) {
      const running: { stop(): Promise<void> }[] = [startRedelivery(subscription, options)];
      let stopped = false;
      void logs.of(subscription.owner, subscription.consumer).then((log) => {
        if (!stopped) running.push(runConsumer(log, subscription, options));
      });
      return {
        async stop() {
          stopped = true;
          await Promise.all(running.map((part) => part.stop()));
        },
      };
    },
    close: async () => {},
  };
}
