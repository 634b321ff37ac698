import { randomBytes } from 'node:crypto';
import type { RecordedEvent } from '@souk/kit/events';
import { type MongoConnection, connectMongo, createMongoConsumer } from '@souk/kit/mongo';
import {
  type Pool,
  createPool,
  createPostgresConsumer,
  ensureDatabase,
  eventTablesSql,
} from '@souk/kit/postgres';
import { silentLogger as logger } from '@souk/testkit/logger';
import { type TestMongo, testMongo } from '@souk/testkit/mongo';
import { type TestPostgres, testPostgres } from '@souk/testkit/postgres';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { databasesOf } from '../services/databases-of.js';
import type { Service } from '../services/service.js';
import { actOnLetters } from './act-on-letters.js';
import { type LetterBox, openLetterBoxes } from './letter-boxes.js';

const unique = randomBytes(4).toString('hex');
const load = () => Promise.reject(new Error('Dead letters are read without the code of services.'));
const services: Service[] = [
  { name: `bank_${unique}`, database: 'postgres', program: '', load },
  { name: `barn_${unique}`, database: 'mongo', program: '', load },
];
const [bank = '', barn = ''] = services.map(({ name }) => name);

let postgres: TestPostgres;
let mongoServer: TestMongo;
let pool: Pool;
let mongo: MongoConnection;
let boxes: LetterBox[];
let isMended = false;
const taken: string[] = [];

beforeAll(async () => {
  [postgres, mongoServer] = await Promise.all([testPostgres('letters'), testMongo('letters')]);
  const servers = { postgres: postgres.url, mongo: mongoServer.url };
  const { databaseUrl } = databasesOf(bank, servers);
  await ensureDatabase(databaseUrl);
  pool = createPool({ url: databaseUrl, logger });
  await pool.query(eventTablesSql);
  mongo = await connectMongo({ ...databasesOf(barn, servers).mongo, logger });
  boxes = await openLetterBoxes(services, servers, logger);
});
afterAll(async () => {
  await Promise.all(boxes.map((box) => box.close()));
  await pool.end();
  const admin = createPool({ url: postgres.url, logger });
  await admin.query(`DROP DATABASE souk_${bank} WITH (FORCE)`);
  await admin.end();
  await Promise.all([mongo.close(), postgres.drop(), mongoServer.stop()]);
});

const take = async (event: RecordedEvent): Promise<void> => {
  if (!isMended) throw new Error('no account of ada@souk.test');
  taken.push(event.id);
};
const consumers = () => [
  createPostgresConsumer({
    ...{ pool, consumer: 'bank', owner: 'orders', logger, maxAttempts: 1 },
    handlers: { 'order.paid': (_, event) => take(event) },
  }),
  createMongoConsumer({
    ...{ database: mongo.database, consumer: 'barn', owner: 'orders', logger, maxAttempts: 1 },
    handlers: { 'order.paid': take },
  }),
];
const event = (id: string, position: number): RecordedEvent => ({
  id,
  type: 'order.paid',
  source: 'orders',
  aggregateId: `order-${position}`,
  version: 3,
  occurredAt: '2026-01-02T03:04:05.000Z',
  correlationId: 'request-1',
  payload: { orderId: `order-${position}`, email: 'ada@souk.test', amountMinor: 1299 },
  position,
});
const souk = (operands: string[], options: { all?: boolean; limit?: number; payload?: boolean } = {}) =>
  actOnLetters(boxes, { all: false, limit: 20, payload: false, ...options, operands });
const redeliver = async () => {
  for (const consumer of consumers()) await consumer.redeliver?.();
};

beforeEach(async () => {
  isMended = false;
  taken.length = 0;
  await Promise.all(boxes.map((box) => box.drop('all')));
  await pool.query('TRUNCATE events.inbox, events.cursors');
  await mongo.database.collection('cursors').deleteMany({});
  for (const consumer of consumers()) await consumer.deliver([event('e1', 1), event('e2', 2)], 2);
});

test('they are listed oldest first, bounded, and without what is about people', async () => {
  const text = await souk(['list'], { payload: true });
  expect(text.match(/^e\d/gm)).toHaveLength(4);
  expect(text).toContain('e1  order.paid of orders, about order-1 (version 3)');
  expect(text).toMatch(new RegExp(`for bank in ${bank}, tried 1 times, last at 20`));
  expect(text).toContain('{"orderId":"order-1","email":"[hidden]","amountMinor":1299}');
  expect(text).toContain('Error: no account of [hidden]');
  expect(text).not.toContain('ada@');
  const short = await souk([], { limit: 1 });
  expect(short.match(/^e\d/gm)).toHaveLength(1);
  expect(short).not.toContain('amountMinor');
  expect(short).toContain('and 3 more: --limit 4 lists them all.');
});

test('what is replayed takes effect once in each service, and the rest stays', async () => {
  isMended = true;
  expect(await souk(['replay', 'e1'])).toMatch(/^2 to be tried again/);
  expect(await souk(['list'])).toContain('to be tried again');
  await redeliver();
  await redeliver();
  expect(taken).toEqual(['e1', 'e1']);
  expect((await souk(['list'])).match(/^e\d/gm)).toEqual(['e2', 'e2']);
  // Whatever brings it again, it has taken effect already.
  for (const consumer of consumers().slice(0, 1)) await consumer.deliver([event('e1', 1)], 2);
  expect(taken).toEqual(['e1', 'e1']);
});

test('what fails again is listed again', async () => {
  await souk(['replay'], { all: true });
  await redeliver();
  const text = await souk(['list']);
  expect(text.match(/tried 1 times/g)).toHaveLength(4);
  expect(taken).toEqual([]);
});

test('what is dropped never takes effect', async () => {
  expect(await souk(['drop', 'e1', 'nothing'])).toBe('2 dropped. Their events will never take effect.');
  expect(await souk(['drop'], { all: true })).toMatch(/^2 dropped/);
  isMended = true;
  await redeliver();
  await consumers()[0]?.deliver([event('e1', 1), event('e2', 2)], 2);
  expect(taken).toEqual([]);
  expect(await souk(['list'])).toBe('There are no dead letters.');
  expect(await souk(['replay', 'e1'])).toBe('No dead letter is meant by that.');
});

test.each([
  [['burn'], false, 'There is no "souk dead-letters burn"'],
  [['replay'], false, 'Name the events by their ids'],
  [['drop', 'e1'], true, 'Name the events by their ids'],
])('%j with --all %j is refused', async (operands, all, message) => {
  await expect(souk(operands, { all })).rejects.toThrow(message);
});
