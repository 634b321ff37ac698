import { createRemoteEventLog } from './remote-event-log.js';
import { type ConsumerOptions, runConsumer } from './run-consumer.js';
import type { EventTransport } from './transport.js';

/** What {@link createPullTransport} needs. */
export interface PullTransportOptions extends ConsumerOptions {
  /** The base URL of a subgraph. */
  readonly urlOf: (owner: string) => string;
  /** Shared by all subgraphs, at least 32 characters. */
  readonly secret: string;
}

/**
 * Joins owners and consumers in different processes without a broker: each consumer pulls from the owner's signed
 * `GET /events`, which the owner serves with `eventsRoute`. There is nothing to do at `attach`.
 *
 * @example const events = createPullTransport({ urlOf: (owner) => config.subgraphs[owner], secret, logger });
 */
export function createPullTransport(options: PullTransportOptions): EventTransport {
  return {
    attach() {},
    subscribe(subscription) {
      const { owner, consumer: reader } = subscription;
      const log = createRemoteEventLog({
        owner,
        reader,
        url: () => options.urlOf(owner),
        secret: options.secret,
      });
      return runConsumer(log, subscription, options);
    },
  };
}
