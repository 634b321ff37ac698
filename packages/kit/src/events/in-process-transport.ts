import type { EventLog } from './event-log.js';
import { type ConsumerOptions, runConsumer } from './run-consumer.js';
import type { EventTransport } from './transport.js';

/**
 * Joins owners and consumers that live in one process: each consumer reads the owner's log directly. Owners and
 * consumers may come in any order.
 *
 * @example const events = createInProcessTransport({ logger }); events.attach('orders', log); events.subscribe(subscription);
 */
export function createInProcessTransport(options: ConsumerOptions): EventTransport {
  const logs = new Map<string, EventLog>();
  const waiting = new Map<string, Array<(log: EventLog) => void>>();

  const whenAttached = (owner: string, use: (log: EventLog) => void): void => {
    const log = logs.get(owner);
    if (log) use(log);
    else waiting.set(owner, [...(waiting.get(owner) ?? []), use]);
  };

  return {
    attach(owner, log) {
      logs.set(owner, log);
      for (const use of waiting.get(owner) ?? []) use(log);
      waiting.delete(owner);
    },
    subscribe(subscription) {
      let stopped = false;
      let running: { stop(): Promise<void> } | undefined;
      whenAttached(subscription.owner, (log) => {
        if (!stopped) running = runConsumer(log, subscription, options);
      });
      return {
        async stop() {
          stopped = true;
          await running?.stop();
        },
      };
    },
  };
}
