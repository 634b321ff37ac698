import type { EventsConfig } from './events-config.js';
import { createLogTransport } from './log-transport.js';
import type { OwnersLogs } from './owners-logs.js';
import type { ConsumerOptions } from './run-consumer.js';
import type { EventTransport } from './transport.js';
import { createUnrulyTransport } from './unruly-transport.js';

/** What {@link openTransport} needs. */
export interface OpenTransportOptions extends ConsumerOptions {
  readonly config: EventsConfig;
  /** Where the owners' logs are: `createLocalLogs()` in one process, `createRemoteLogs(...)` in many. */
  readonly logs: OwnersLogs;
}

/**
 * The transport that the configuration asks for: RabbitMQ with `AMQP_URL`, the owners' logs themselves without. The
 * broker's client is loaded only if it is needed.
 *
 * @example const events = await openTransport({ config, logs: createRemoteLogs({ urlOf, secret }), logger });
 */
export async function openTransport(options: OpenTransportOptions): Promise<EventTransport> {
  const { config, logs } = options;
  const transport = await joined(config.AMQP_URL, logs, options);
  const seed = config.SOUK_UNRULY_EVENTS;
  if (seed === undefined) return transport;
  options.logger.warn({ seed }, 'SOUK_UNRULY_EVENTS is set: events come twice, late and out of order');
  return createUnrulyTransport(transport, { seed });
}

async function joined(
  url: string | undefined,
  logs: OwnersLogs,
  options: ConsumerOptions,
): Promise<EventTransport> {
  if (url === undefined) return createLogTransport(logs, options);
  const { createRabbitMqTransport } = await import('./rabbitmq/rabbitmq-transport.js');
  return createRabbitMqTransport({ ...options, url, logs });
}
