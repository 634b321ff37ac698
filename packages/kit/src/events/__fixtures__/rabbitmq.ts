import type { Logger } from '../../log/logger.js';
import type { EventLog } from '../event-log.js';
import { createLocalLogs, createRemoteLogs } from '../owners-logs.js';
import { createRabbitMqTransport } from '../rabbitmq/index.js';
import { SECRET, serveEvents } from './connections.js';

/** Quick to notice what is missing. */
export const HASTY = { maxBackoffMs: 100, redeliverEveryMs: 50, sweepMs: 200, standByMs: 100 } as const;

interface Joining {
  readonly url: () => string;
  readonly prefix: string;
  readonly logger: Logger;
}

/** By a broker, in one process. */
export const rabbitMq =
  ({ url, prefix, logger }: Joining) =>
  async () => {
    const options = { url: url(), logs: createLocalLogs(), prefix, logger, ...HASTY };
    const transport = createRabbitMqTransport(options);
    return { transport, close: () => transport.close() };
  };

/** By a broker, between processes: what the broker does not bring is read over HTTP. */
export const rabbitMqBetweenProcesses =
  (owner: string, { url, prefix, logger }: Joining) =>
  async (log: EventLog) => {
    const served = await serveEvents(log, owner, logger);
    const logs = createRemoteLogs({ urlOf: () => served.url, secret: SECRET });
    const transport = createRabbitMqTransport({ url: url(), logs, prefix, logger, ...HASTY });
    const close = async (): Promise<void> => {
      await transport.close();
      await served.close();
    };
    return { transport, close };
  };
