import { createLogTransport } from './log-transport.js';
import { type RemoteLogsOptions, createRemoteLogs } from './owners-logs.js';
import type { ConsumerOptions } from './run-consumer.js';
import type { EventTransport } from './transport.js';

/** What {@link createPullTransport} needs. */
export type PullTransportOptions = ConsumerOptions & RemoteLogsOptions;

/**
 * Joins owners and consumers in different processes without a broker: each consumer pulls from the owner's signed
 * `GET /events`, which the owner serves with `eventsRoute`. There is nothing to do at `attach`.
 *
 * @example const events = createPullTransport({ urlOf: (owner) => config.subgraphs[owner], secret, logger });
 */
export const createPullTransport = (options: PullTransportOptions): EventTransport =>
  createLogTransport(createRemoteLogs(options), options);
