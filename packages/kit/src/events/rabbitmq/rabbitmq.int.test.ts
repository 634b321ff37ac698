import { findRabbitMq, type RabbitMqServer, startRabbitMq } from '@souk/testkit/servers';
import { type Channel, connect } from 'amqplib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createLogger } from '../../log/index.js';
import { unruly } from '../__fixtures__/connections.js';
import { type MongoStore, openMongoStore } from '../__fixtures__/mongo-store.js';
import { type PostgresStore, openPostgresStore } from '../__fixtures__/postgres-store.js';
import { HASTY, leavingNoQueues, rabbitMq, rabbitMqBetweenProcesses } from '../__fixtures__/rabbitmq.js';
import { createLocalLogs } from '../owners-logs.js';
import type { DomainEvent } from '../event.js';
import type { OwnedEventLog } from '../event-log.js';
import { describeTransportContract, madeEvent } from '../transport.contract.js';
import { checkRabbitMq, createRabbitMqTransport, type RabbitMqTransportOptions } from './index.js';
import { toMessage } from './message.js';
import { routingKey } from './names.js';

const logger = createLogger({ level: 'silent' });
const OWNER = 'shop';
const hasBroker = (await findRabbitMq()) !== undefined;

describe.skipIf(!hasBroker)('with a RabbitMQ broker (rabbitmq-server of Debian)', () => {
  let broker: RabbitMqServer;
  let postgres: PostgresStore;
  let mongo: MongoStore;
  beforeAll(async () => {
    [broker, postgres, mongo] = await Promise.all([
      startRabbitMq(),
      openPostgresStore(OWNER),
      openMongoStore(OWNER),
    ]);
  }, 300_000);
  afterAll(() => Promise.all([broker.stop(), postgres.close(), mongo.close()]));

  const joining = (prefix: string) => ({ url: () => broker.url, prefix, logger });
  describeTransportContract('RabbitMQ over PostgreSQL', {
    owner: OWNER,
    store: () => postgres,
    connect: rabbitMqBetweenProcesses(OWNER, joining('contract-pg')),
    repeats: true,
  });
  describeTransportContract('RabbitMQ over MongoDB', {
    owner: OWNER,
    store: () => mongo,
    connect: rabbitMq(joining('contract-mongo')),
    repeats: true,
  });
  describeTransportContract('an unruly RabbitMQ over PostgreSQL', {
    owner: OWNER,
    store: () => postgres,
    connect: unruly(rabbitMq(joining('contract-unruly'))),
    repeats: true,
  });

  const running: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const stop of running.splice(0).reverse()) await stop();
  });
  let serial = 0;
  const newPrefix = () => `test-${(serial += 1)}`;
  const openLog = async (): Promise<OwnedEventLog> => {
    const log = postgres.openLog();
    await log.start();
    running.push(() => log.stop());
    return log;
  };
  /** One process of the owner and the consumer; without a consumer only the owner. */
  const join = (
    prefix: string,
    log: OwnedEventLog,
    consumer?: string,
    more: Partial<RabbitMqTransportOptions> = {},
  ) => {
    const options = { url: broker.url, logs: createLocalLogs(), prefix, logger, ...HASTY, ...more };
    const { transport, close } = leavingNoQueues(createRabbitMqTransport(options), options);
    transport.attach(OWNER, log);
    const subscribed = consumer && transport.subscribe(postgres.openConsumer(consumer));
    let stopped: Promise<void> | undefined;
    const stop = () =>
      (stopped ??= (async () => {
        if (subscribed) await subscribed.stop();
        await transport.close();
      })());
    running.push(() => stop().then(close));
    return { stop };
  };
  const write = async (log: OwnedEventLog, count: number): Promise<DomainEvent[]> => {
    const events = Array.from({ length: count }, () => madeEvent(OWNER));
    await postgres.write(events);
    log.hint();
    return events;
  };
  const idsOf = (events: readonly DomainEvent[]) => events.map(({ id }) => id).sort();
  /** What of these took effect; each as often as it did. */
  const effectsOf = async (consumer: string, events: readonly DomainEvent[]) => {
    const wanted = new Set(events.map(({ id }) => id));
    return (await postgres.ledgerOf(consumer)).filter((id) => wanted.has(id)).sort();
  };
  const allArrive = (consumer: string, events: readonly DomainEvent[]) =>
    expect.poll(() => effectsOf(consumer, events), { timeout: 60_000 }).toEqual(idsOf(events));
  const withChannel = async <Result>(work: (channel: Channel) => Promise<Result>): Promise<Result> => {
    const connection = await connect(broker.url);
    try {
      const channel = await connection.createChannel();
      channel.on('error', () => {}); // What was asked rejects.
      const result = await work(channel);
      await channel.close(); // Closing the connection alone may overtake what was published.
      return result;
    } finally {
      await connection.close();
    }
  };
  const messagesIn = (queue: string) =>
    withChannel(async (channel) => (await channel.checkQueue(queue)).messageCount);
  /** Until then events come by the log, and what goes through the exchange reaches nobody. */
  const isListenedTo = (queue: string) =>
    expect
      .poll(() =>
        withChannel(async (channel) => (await channel.checkQueue(queue)).consumerCount > 0).catch(
          () => false,
        ),
      )
      .toBe(true);
  /** Proves that a queue is served: what is sent takes effect, and is in no log. */
  const comesByTheBroker = (prefix: string, consumer: string) =>
    expect
      .poll(
        async () => {
          const event = { ...madeEvent(OWNER), position: 1 };
          const { content, options } = toMessage(event);
          const key = routingKey(OWNER, event.type);
          await withChannel(async (channel) => channel.publish(`${prefix}.events`, key, content, options));
          await expect.poll(() => effectsOf(consumer, [event]), { timeout: 2_000 }).toEqual([event.id]);
          return true;
        },
        { timeout: 60_000 },
      )
      .toBe(true);
  /** Proves that the log is published. */
  const isPublished = async (log: OwnedEventLog, heard: readonly string[]) => {
    const [event] = await write(log, 1);
    await expect.poll(() => heard.includes(event?.id ?? ''), { timeout: 60_000 }).toBe(true);
  };
  /** Collects what goes through the exchange from now on. */
  const listen = async (prefix: string): Promise<string[]> => {
    const heard: string[] = [];
    const connection = await connect(broker.url);
    running.push(() => connection.close());
    const channel = await connection.createChannel();
    await channel.assertExchange(`${prefix}.events`, 'topic', { durable: true });
    const { queue } = await channel.assertQueue('', { exclusive: true });
    await channel.bindQueue(queue, `${prefix}.events`, '#');
    await channel.consume(queue, (message) => void heard.push(String(message?.properties.messageId)), {
      noAck: true,
    });
    return heard;
  };

  test('events come by the broker, and are settled once their effects are stored', async () => {
    const [prefix, log] = [newPrefix(), await openLog()];
    const heard = await listen(prefix);
    join(prefix, log, prefix);
    const events = await write(log, 20);
    await allArrive(prefix, events);
    await expect
      .poll(() => [...heard].filter((id) => idsOf(events).includes(id)).sort())
      .toEqual(idsOf(events));
    await expect.poll(() => messagesIn(`${prefix}.${prefix}.from.${OWNER}`)).toBe(0);
  });

  test('of several replicas of an owner one publishes, and another one when that is gone', async () => {
    const [prefix, log, otherLog] = [newPrefix(), await openLog(), await openLog()];
    const heard = await listen(prefix);
    const replicas = [join(prefix, log), join(prefix, otherLog)];
    const first = await write(log, 10);
    await expect.poll(() => heard.filter((id) => idsOf(first).includes(id)).sort()).toEqual(idsOf(first));
    await replicas[0]?.stop();
    const second = await write(otherLog, 10);
    await expect.poll(() => heard.filter((id) => idsOf(second).includes(id)).sort()).toEqual(idsOf(second));
  });

  test('replicas of a consumer share its queue, and each event takes effect once', async () => {
    const [prefix, log] = [newPrefix(), await openLog()];
    join(prefix, log, prefix);
    join(prefix, log, prefix);
    const events = (await Promise.all(Array.from({ length: 10 }, () => write(log, 20)))).flat();
    await allArrive(prefix, events);
  });

  test('kill -9 of the broker under load: events go on arriving without it, and by it once it is back', async () => {
    const [prefix, log] = [newPrefix(), await openLog()];
    join(prefix, log, prefix);
    const before = await write(log, 50);
    await broker.kill();
    const meanwhile = await write(log, 50);
    await allArrive(prefix, [...before, ...meanwhile]);
    await broker.restart();
    await allArrive(prefix, await write(log, 50));
    await isPublished(log, await listen(prefix));
    await comesByTheBroker(prefix, prefix);
    // Erlang takes ten seconds to start on a quick machine.
  }, 400_000);

  test('a queue that takes nothing is left by the publisher, and made anew by its consumer', async () => {
    const [prefix, log] = [newPrefix(), await openLog()];
    const queue = `${prefix}.${prefix}.from.${OWNER}`;
    const heard = await listen(prefix);
    // As a kill leaves a quorum queue that is a moment old: it is there, and nothing that it is asked is answered.
    await withChannel(async (channel) => {
      await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
      await channel.bindQueue(queue, `${prefix}.events`, '#');
    });
    await broker.evaluate(`sys:suspend(whereis('%2F_${queue}')).`);
    const lines: string[] = [];
    const destination = { write: (line: string) => void lines.push(line) };
    const owner = join(prefix, log, undefined, {
      logger: createLogger({ level: 'info', destination }),
      confirmLimitMs: 1_000,
    });
    const events = await write(log, 20);
    await expect.poll(() => lines.join(''), { timeout: 60_000 }).toContain('did not confirm an event');
    // Not held up by what is stuck: a goodbye is a matter of a second or two.
    const stoppedAt = performance.now();
    await owner.stop();
    expect(performance.now() - stoppedAt).toBeLessThan(15_000);
    join(prefix, log, prefix, { confirmLimitMs: 1_000 });
    await allArrive(prefix, events);
    await isPublished(log, heard);
    await comesByTheBroker(prefix, prefix);
  }, 300_000);

  test('a broker that freezes delays events by seconds, and repeats none', async () => {
    const [prefix, log] = [newPrefix(), await openLog()];
    join(prefix, log, prefix);
    await allArrive(prefix, await write(log, 5));
    broker.freeze();
    try {
      await allArrive(prefix, await write(log, 20));
    } finally {
      broker.thaw();
    }
    await allArrive(prefix, await write(log, 5));
  });

  test('a broker that has lost everything loses nobody an event, not even one that was away', async () => {
    const [prefix, log] = [newPrefix(), await openLog()];
    const owner = join(prefix, log);
    const consumer = join(prefix, log, prefix);
    const queue = `${prefix}.${prefix}.from.${OWNER}`;
    await isListenedTo(queue);
    await consumer.stop();
    const whileAway = await write(log, 20);
    await expect.poll(() => messagesIn(queue)).toBeGreaterThanOrEqual(20);
    await owner.stop();
    await withChannel((channel) => channel.deleteQueue(queue));
    join(prefix, log, prefix);
    const after = await write(log, 5);
    await allArrive(prefix, [...whileAway, ...after]);
  });

  test('a queue that somebody deletes is made again', async () => {
    const [prefix, log] = [newPrefix(), await openLog()];
    join(prefix, log, prefix);
    const queue = `${prefix}.${prefix}.from.${OWNER}`;
    await isListenedTo(queue);
    await withChannel((channel) => channel.deleteQueue(queue));
    await isListenedTo(queue);
    await allArrive(prefix, await write(log, 5));
    await expect.poll(() => messagesIn(queue)).toBe(0);
  });

  test('a queue that has lost its exchange, and so brings nothing, is made anew', async () => {
    const [prefix, log] = [newPrefix(), await openLog()];
    join(prefix, log, prefix);
    await isListenedTo(`${prefix}.${prefix}.from.${OWNER}`);
    await withChannel((channel) => channel.deleteExchange(`${prefix}.events`));
    // The log has to grow for a queue to be missing something.
    const growing = setInterval(() => void write(log, 1), 100);
    try {
      await comesByTheBroker(prefix, prefix);
    } finally {
      clearInterval(growing);
    }
  });

  test('a queue of another kind keeps nobody from the log, and is replaced once nobody reads it', async () => {
    const [prefix, log] = [newPrefix(), await openLog()];
    const queue = `${prefix}.${prefix}.from.${OWNER}`;
    await withChannel(async (channel) => {
      await channel.assertQueue(queue, { durable: true });
      await channel.consume(queue, () => {});
      join(prefix, log, prefix);
      await allArrive(prefix, await write(log, 5));
      expect((await channel.checkQueue(queue)).consumerCount).toBe(1);
    });
    await isListenedTo(queue);
    await comesByTheBroker(prefix, prefix);
  });

  test('a message that is no event goes to the dead letters of the broker and holds up nothing', async () => {
    const [prefix, log] = [newPrefix(), await openLog()];
    join(prefix, log, prefix);
    await isListenedTo(`${prefix}.${prefix}.from.${OWNER}`);
    const kinds = ['{"type":', '{}', '{"id":"x","position":"one"}'];
    const letters = new Set<string>();
    // A broker takes a dead letter along at most once: it may lose one, above all while the queue of letters is new.
    await expect
      .poll(() =>
        withChannel(async (channel) => {
          for (const content of kinds)
            channel.publish(`${prefix}.events`, `${OWNER}.thing.counted`, Buffer.from(content));
          const letter = await channel.get(`${prefix}.dead-letters`, { noAck: true });
          if (letter) letters.add(letter.content.toString());
          return [...letters].sort();
        }),
      )
      .toEqual([...kinds].sort());
    await allArrive(prefix, await write(log, 5));
  });

  test('a wrong password is told without the password', async () => {
    const lines: string[] = [];
    const destination = { write: (line: string) => void lines.push(line) };
    const url = broker.url.replace('guest:guest', 'guest:sesame-4711');
    await expect(checkRabbitMq(url)).rejects.not.toThrow(/sesame/);
    const transport = createRabbitMqTransport({
      ...{ url, logs: createLocalLogs(), logger: createLogger({ level: 'debug', destination }) },
      ...HASTY,
    });
    await expect.poll(() => lines.length).toBeGreaterThan(1);
    await transport.close();
    expect(lines.join('')).not.toContain('sesame');
    expect(lines.join('')).toContain(new URL(broker.url).host);
  });
});

test('an address where nobody answers is an error, and soon', async () => {
  await expect(checkRabbitMq('amqp://127.0.0.1:1')).rejects.toThrow(/ECONNREFUSED/);
});
