import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type PostgresStore, openPostgresStore } from '../events/__fixtures__/postgres-store.js';
import type { RecordedEvent } from '../events/event.js';
import { madeEvent } from '../events/transport.contract.js';
import { inboxPruning } from './index.js';

const OWNER = 'shop';
const DAY = 24 * 3_600_000;
const ago = (days: number): string => new Date(Date.now() - days * DAY).toISOString();

let store: PostgresStore;
beforeAll(async () => {
  store = await openPostgresStore(OWNER);
});
afterAll(() => store.close());
beforeEach(() => store.pool.query('TRUNCATE events.inbox, events.cursors, ledger'));

const events = (count: number, occurredAt: string, first = 1): RecordedEvent[] =>
  Array.from({ length: count }, (_, n) => ({ ...madeEvent(OWNER, { occurredAt }), position: first + n }));
const idsOf = (of: readonly RecordedEvent[]) => of.map(({ id }) => id).sort();
const ledger = async () => (await store.ledgerOf('reader')).sort();
const inbox = async () => (await store.idsIn('events.inbox', 'reader')).sort();
/** As if the rows had come on that day. */
const receivedAt = (at: string) => store.pool.query('UPDATE events.inbox SET received_at = $1', [at]);
const prune = (limit = 1_000) => inboxPruning(store.pool).prune(limit);

test('rows go two weeks after they came, in portions, and what comes again takes effect no second time', async () => {
  const reader = store.openConsumer('reader');
  const old = events(5, ago(20));
  await reader.deliver(old, 5);
  expect(await prune()).toBe(0);
  await receivedAt(ago(20));
  expect([await prune(3), await prune(3), await prune(3)]).toEqual([3, 2, 0]);
  expect(await inbox()).toEqual([]);

  // By the broker, in any order; by the log, after a cursor was read too early; alone, after its batch failed.
  const young = events(2, ago(1), 6);
  await reader.deliver([...old].reverse(), 0);
  await reader.deliver([...old, ...young], 7);
  await reader.deliver(old.slice(0, 1), 0);
  expect(await ledger()).toEqual(idsOf([...old, ...young]));
});

test('what a cursor has not passed is remembered, however old, and so is what came lately', async () => {
  const reader = store.openConsumer('reader');
  const [passed, ahead, late] = [events(2, ago(30)), events(2, ago(30), 8), events(1, ago(30), 3)];
  await reader.deliver(passed, 2);
  await reader.deliver(ahead, 0);
  await receivedAt(ago(30));
  await reader.deliver(late, 3);
  expect(await prune()).toBe(2);
  expect(await inbox()).toEqual(idsOf([...ahead, ...late]));
  // The log brings all of it, once the cursor moves again.
  await reader.deliver([...late, ...ahead], 9);
  expect(await ledger()).toEqual(idsOf([...passed, ...late, ...ahead]));
});

test('an owner whose positions begin anew is heard all the same', async () => {
  const reader = store.openConsumer('reader');
  await reader.deliver(events(3, ago(1)), 3);
  const anew = events(2, ago(0));
  await reader.deliver(anew, 0);
  expect(await ledger()).toEqual(expect.arrayContaining(idsOf(anew)));
});

test('rows from before positions were kept stay', async () => {
  await store.openConsumer('reader').deliver(events(1, ago(30)), 1);
  await store.pool.query(`INSERT INTO events.inbox (consumer, event_id) VALUES ('reader', 'ancient')`);
  await receivedAt(ago(400));
  expect(await prune()).toBe(1);
  expect(await inbox()).toEqual(['ancient']);
});
