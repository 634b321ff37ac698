import { createLogTransport } from './log-transport.js';
import { createLocalLogs } from './owners-logs.js';
import type { ConsumerOptions } from './run-consumer.js';
import type { EventTransport } from './transport.js';

/**
 * Joins owners and consumers that live in one process: each consumer reads the owner's log directly. Owners and
 * consumers may come in any order.
 *
 * @example const events = createInProcessTransport({ logger }); events.attach('orders', log); events.subscribe(subscription);
 */
export const createInProcessTransport = (options: ConsumerOptions): EventTransport =>
  createLogTransport(createLocalLogs(), options);
