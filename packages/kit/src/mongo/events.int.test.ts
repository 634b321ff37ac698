import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inProcess, pull, unruly } from '../events/__fixtures__/connections.js';
import { type MongoStore, openMongoStore } from '../events/__fixtures__/mongo-store.js';
import type { RecordedEvent } from '../events/event.js';
import { describeTransportContract, madeEvent } from '../events/transport.contract.js';
import { createLogger } from '../log/index.js';
import { MAX_PENDING, pendingPush, requireRoom, roomForEvents } from './index.js';

const logger = createLogger({ level: 'silent' });
const OWNER = 'shop';

let opened: MongoStore;
beforeAll(async () => {
  opened = await openMongoStore(OWNER);
});
afterAll(() => opened.close());
const store = (): MongoStore => opened;
const openLog = () => store().openLog();
const things = () => store().things;
const write = (...args: Parameters<MongoStore['write']>) => store().write(...args);
const unrelayed = () => things().find({ unrelayed: true }).toArray();

describeTransportContract('in process over MongoDB', { owner: OWNER, store, connect: inProcess(logger) });
describeTransportContract('by pull over MongoDB', { owner: OWNER, store, connect: pull(OWNER, logger) });
describeTransportContract('unruly over MongoDB', {
  owner: OWNER,
  store,
  connect: unruly(inProcess(logger)),
  repeats: true,
});

describe('pending events', () => {
  test('leave no trace in the document once they are in the log', async () => {
    const log = openLog();
    await log.start();
    const event = madeEvent(OWNER);
    await write([event]);
    log.hint();
    await expect.poll(unrelayed).toEqual([]);
    expect(
      await things()
        .find({ 'pending.0': { $exists: true } })
        .toArray(),
    ).toEqual([]);
    await log.stop();
    expect((await log.read(0, 100_000)).filter(({ id }) => id === event.id)).toHaveLength(1);
  });

  test('are given to readers as they are in the log', async () => {
    const log = openLog();
    await log.start();
    const before = await log.head();
    await write([madeEvent(OWNER), madeEvent(OWNER)]);
    log.hint();
    await log.waitBeyond(before, 20_000, new AbortController().signal);
    const relayed = await log.read(before, 10);
    await log.stop();
    expect(relayed).toHaveLength(2);
    expect(await log.read(before, 10)).toEqual(relayed);
  });

  test('a relay that died after appending leaves nothing twice', async () => {
    const events = [madeEvent(OWNER), madeEvent(OWNER), madeEvent(OWNER)];
    const first = openLog();
    await write(events);
    await first.start();
    await expect.poll(unrelayed).toEqual([]);
    await first.stop();
    // The document as the dead relay would have left it, and one event more.
    const late = madeEvent(OWNER);
    await write([...events, late]);
    const second = openLog();
    await second.start();
    await expect.poll(unrelayed).toEqual([]);
    await second.stop();
    const all = await second.read(0, 100_000);
    const wanted = [...events, late].map(({ id }) => id);
    expect(all.filter(({ id }) => wanted.includes(id)).map(({ id }) => id)).toEqual(wanted);
    expect(all.map(({ position }) => position)).toEqual(all.map((_, index) => index + 1));
  });

  test('a full document refuses more, as something to try again', async () => {
    const _id = 'full';
    const many = Array.from({ length: MAX_PENDING - 1 }, () => madeEvent(OWNER));
    await things().insertOne({ _id, count: 0, pending: many });
    const push = (count: number) => {
      const events = Array.from({ length: count }, () => madeEvent(OWNER));
      return things().updateOne({ _id, ...roomForEvents(count) }, { $push: pendingPush(events) });
    };
    expect((await push(2)).matchedCount).toBe(0);
    expect((await push(1)).matchedCount).toBe(1);
    expect((await push(1)).matchedCount).toBe(0);
    const full = await things().findOne({ _id });
    expect(() => requireRoom(full)).toThrow(
      expect.objectContaining({ code: 'UNAVAILABLE', retryable: true }),
    );
    await things().deleteOne({ _id });
  });
});

test('what was applied weeks ago is told by its position: its document may have forgotten it', async () => {
  const applied: string[] = [];
  const consumer = store().openConsumer('forgetful', async ({ id }) => void applied.push(id));
  const at = (days: number, position: number) => ({
    ...madeEvent(OWNER, { occurredAt: new Date(Date.now() - days * 24 * 3_600_000).toISOString() }),
    position,
  });
  const [passed, ahead, young] = [at(20, 1), at(20, 7), at(1, 2)];
  await consumer.deliver([passed, young], 2);
  await consumer.deliver([passed, young, ahead], 0);
  const times = (id: string) => applied.filter((one) => one === id).length;
  expect([times(passed.id), times(young.id), times(ahead.id)]).toEqual([1, 2, 1]);
});

describe('a dead letter that two replicas try again', () => {
  const failing = async () => Promise.reject(new Error('an older version cannot apply it'));
  /** An event that is set aside for a consumer, and asked for again. */
  const retried = async (consumer: string): Promise<RecordedEvent> => {
    const event = { ...madeEvent(OWNER), position: 1 };
    await store().openConsumer(consumer, failing).deliver([event], 0);
    expect(await store().deadLettersOf(consumer)).toEqual([event.id]);
    await store().retryDeadLetters(consumer);
    return event;
  };
  const expectApplied = async (consumer: string, { id }: RecordedEvent): Promise<void> => {
    expect(await store().ledgerOf(consumer)).toEqual([id]);
    expect(await store().deadLettersOf(consumer)).toEqual([]);
  };

  test('is not set aside anew once one of them has applied it', async () => {
    const event = await retried('overtaken');
    const mended = store().openConsumer('overtaken');
    const broken = store().openConsumer('overtaken', async () => {
      await mended.redeliver?.();
      await failing();
    });
    await broken.redeliver?.();
    await expectApplied('overtaken', event);
  });

  test('is gone once one of them has applied it, although the other one gave up meanwhile', async () => {
    const event = await retried('given up');
    const broken = store().openConsumer('given up', failing);
    const mended = store().openConsumer('given up', async () => void (await broken.redeliver?.()));
    await mended.redeliver?.();
    await expectApplied('given up', event);
  });
});
