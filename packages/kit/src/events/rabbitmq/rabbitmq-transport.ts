import { once } from '../../lifecycle/once.js';
import type { OwnersLogs } from '../owners-logs.js';
import type { ConsumerOptions } from '../run-consumer.js';
import { subscribeToLog } from '../subscribe-to-log.js';
import type { EventTransport } from '../transport.js';
import { openBroker } from './broker.js';
import { consumeQueue } from './consume-queue.js';
import { brokerNames } from './names.js';
import { publishLog } from './publish-log.js';

/** What {@link createRabbitMqTransport} needs. */
export interface RabbitMqTransportOptions extends ConsumerOptions {
  /** `amqp://user:password@host:5672/vhost`, or `amqps:`. A virtual host holds one shop. */
  readonly url: string;
  /** Where consumers read what the broker does not bring. */
  readonly logs: OwnersLogs;
  /** What the names of exchanges and queues begin with. @default 'souk' */
  readonly prefix?: string;
  /** Age from which an event that the broker has not brought is read from its owner's log, in milliseconds. @default 2_000 */
  readonly sweepMs?: number;
  /** Pause before a replica asks again whether it is the one that publishes, in milliseconds. @default 1_000 */
  readonly standByMs?: number;
  /** A broker that confirms nothing for so long is left, and tried again, in milliseconds. @default 5_000 */
  readonly confirmLimitMs?: number;
}

/**
 * Joins owners and consumers by RabbitMQ: owners publish their logs with confirms, each consumer has a durable queue.
 * The broker is the fast way, the owners' logs are the truth: what it does not bring, for whatever reason, is read
 * from them, and while it is away everything is.
 *
 * @example const events = createRabbitMqTransport({ url: config.AMQP_URL, logs: createRemoteLogs({ urlOf, secret }), logger });
 */
export function createRabbitMqTransport(options: RabbitMqTransportOptions): EventTransport {
  const { url, logs, logger, prefix = 'souk', standByMs = 1_000, confirmLimitMs = 5_000 } = options;
  const names = brokerNames(prefix);
  const broker = openBroker({ url, logger });
  const publishers = new Map<string, { stop(): Promise<void> }>();

  return {
    attach(owner, log) {
      logs.attach(owner, log);
      // Attached again, as after a restart of its app: the log of before has ended.
      void publishers.get(owner)?.stop();
      const own = openBroker({ url, logger: logger.child({ publisher: owner }) });
      publishers.set(
        owner,
        publishLog({ owner, log, broker: own, names, logger, standByMs, confirmLimitMs }),
      );
    },
    subscribe: (subscription) =>
      subscribeToLog(logs, subscription, options, (log) =>
        consumeQueue(subscription, { ...options, broker, names, log }),
      ),
    close: once(async () => {
      await Promise.all([...publishers.values()].map((publisher) => publisher.stop()));
      await broker.close();
    }),
  };
}
