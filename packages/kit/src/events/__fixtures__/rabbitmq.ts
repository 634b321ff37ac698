import { connect } from 'amqplib';
import type { Logger } from '../../log/logger.js';
import type { EventLog } from '../event-log.js';
import { createLocalLogs, createRemoteLogs } from '../owners-logs.js';
import { createRabbitMqTransport } from '../rabbitmq/index.js';
import { brokerNames } from '../rabbitmq/names.js';
import type { EventTransport } from '../transport.js';
import { SECRET, serveEvents } from './connections.js';

/** Quick to notice what is missing. */
export const HASTY = { maxBackoffMs: 100, redeliverEveryMs: 50, sweepMs: 200, standByMs: 100 } as const;

interface Joining {
  readonly url: () => string;
  readonly prefix: string;
  readonly logger: Logger;
}

/**
 * The transport, and what ends it with all its queues: a broker that is killed later is up again the sooner, the
 * fewer it has to recover.
 */
export function leavingNoQueues(
  transport: EventTransport,
  { url, prefix }: { readonly url: string; readonly prefix: string },
): { transport: EventTransport; close(): Promise<void> } {
  const queues = new Set<string>();
  return {
    transport: {
      ...transport,
      subscribe(subscription) {
        queues.add(brokerNames(prefix).queue(subscription.consumer, subscription.owner));
        return transport.subscribe(subscription);
      },
    },
    async close() {
      await transport.close();
      const connection = await connect(url);
      const channel = await connection.createChannel();
      await Promise.all([...queues].map((queue) => channel.deleteQueue(queue)));
      await connection.close();
    },
  };
}

/** By a broker, in one process. */
export const rabbitMq =
  ({ url, prefix, logger }: Joining) =>
  async () => {
    const options = { url: url(), logs: createLocalLogs(), prefix, logger, ...HASTY };
    return leavingNoQueues(createRabbitMqTransport(options), options);
  };

/** By a broker, between processes: what the broker does not bring is read over HTTP. */
export const rabbitMqBetweenProcesses =
  (owner: string, { url, prefix, logger }: Joining) =>
  async (log: EventLog) => {
    const served = await serveEvents(log, owner, logger);
    const logs = createRemoteLogs({ urlOf: () => served.url, secret: SECRET });
    const options = { url: url(), logs, prefix, logger, ...HASTY };
    const { transport, close } = leavingNoQueues(createRabbitMqTransport(options), options);
    return {
      transport,
      async close() {
        await close();
        await served.close();
      },
    };
  };
