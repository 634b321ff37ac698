import type { Duplex } from 'node:stream';
import { type ChannelModel, connect } from 'amqplib';
import { backoff, worthTelling } from '../../lifecycle/backoff.js';
import { sleep } from '../../lifecycle/sleep.js';
import type { Logger } from '../../log/logger.js';

/** One connection to the broker, for as long as it lasts. */
export interface BrokerConnection {
  readonly model: ChannelModel;
  /** Aborted when the connection is lost. */
  readonly lost: AbortSignal;
  /** Gives the connection up at once, without a goodbye: a new one is made, and knows nothing of what is stuck here. */
  leave(): void;
}

/** A connection to the broker that is made again whenever it is lost. */
export interface Broker {
  /** The present connection; undefined while there is none. */
  current(): BrokerConnection | undefined;
  /** Waits for a connection; undefined once `signal` is aborted. */
  connected(signal: AbortSignal): Promise<BrokerConnection | undefined>;
  close(): Promise<void>;
}

/** How {@link openBroker} connects. */
export interface BrokerOptions {
  /** `amqp://user:password@host:5672/vhost`, or `amqps:`. */
  readonly url: string;
  readonly logger: Logger;
  /** Longest pause between two attempts, in milliseconds. @default 2_000 */
  readonly maxBackoffMs?: number;
}

/** A broker that answers nothing for two to three of these seconds is given up: it is frozen, or cut off. */
const HEARTBEAT_S = 5;
const CONNECT_LIMIT_MS = 5_000;
/** A frozen broker does not say goodbye. */
const CLOSE_LIMIT_MS = 1_000;

/**
 * Connects to RabbitMQ in the background, with growing pauses while nobody answers.
 *
 * @example const broker = openBroker({ url: config.AMQP_URL, logger }); const connection = await broker.connected(signal);
 */
export function openBroker(options: BrokerOptions): Broker {
  const { url, maxBackoffMs = 2_000 } = options;
  // The URL holds a password; the host is what people need to know.
  const logger = options.logger.child({ broker: new URL(url).host });
  const closing = new AbortController();
  const waiting = new Set<() => void>();
  let current: BrokerConnection | undefined;

  const run = async (): Promise<void> => {
    for (let failures = 0; !closing.signal.aborted;) {
      try {
        const connection = await openConnection(url);
        if (failures > 0) logger.info('connected to RabbitMQ');
        failures = 0;
        current = connection;
        for (const wake of waiting) wake();
        await aborted(connection.lost, closing.signal);
        current = undefined;
        if (closing.signal.aborted) {
          await closeInTime(connection.model.close());
          return connection.leave();
        }
        logger.warn('the connection to RabbitMQ is lost; events are read from their owners meanwhile');
        failures = 1;
      } catch (error) {
        failures += 1;
        if (worthTelling(failures)) {
          logger.warn(
            { err: error, failures },
            'RabbitMQ does not let us in; events are read from their owners meanwhile',
          );
        }
      }
      await sleep(backoff(failures, { maxMs: maxBackoffMs }), closing.signal);
    }
  };
  const ended = run();
  const alive = (): BrokerConnection | undefined => (current?.lost.aborted ? undefined : current);

  return {
    current: alive,
    async connected(signal) {
      while (alive() === undefined && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const wake = (): void => {
            waiting.delete(wake);
            signal.removeEventListener('abort', wake);
            resolve();
          };
          waiting.add(wake);
          signal.addEventListener('abort', wake);
        });
      }
      return signal.aborted ? undefined : alive();
    },
    async close() {
      closing.abort();
      await ended;
    },
  };
}

/**
 * @throws Error if the broker does not let us in, within seconds
 */
export async function openConnection(url: string): Promise<BrokerConnection> {
  const address = new URL(url);
  address.searchParams.set('heartbeat', String(HEARTBEAT_S));
  const model = await connect(address.href, { timeout: CONNECT_LIMIT_MS, noDelay: true });
  const losing = new AbortController();
  model.on('error', () => {}); // 'close' follows
  model.on('close', () => losing.abort());
  return {
    model,
    lost: losing.signal,
    // What waits for an answer is told by 'close'.
    leave: () => void socketOf(model).destroy(new Error('The connection to RabbitMQ was given up.')),
  };
}

/** Its types do not tell of the socket, and all that they tell of waits for the broker. */
const socketOf = (model: ChannelModel): Duplex => (model.connection as unknown as { stream: Duplex }).stream;

/** Resolves as soon as one of the signals is aborted. */
export async function aborted(...signals: readonly AbortSignal[]): Promise<void> {
  const any = AbortSignal.any([...signals]);
  if (any.aborted) return;
  await new Promise((resolve) => any.addEventListener('abort', resolve, { once: true }));
}

/** Waits for the end of what is being closed, but not for a broker that does not answer. */
export async function closeInTime(closing: Promise<unknown>): Promise<void> {
  await Promise.race([closing.catch(() => {}), sleep(CLOSE_LIMIT_MS)]);
}
