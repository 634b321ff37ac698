import type { DomainEvent } from '@souk/kit/events';
import { silentLogger } from '@souk/testkit/logger';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type AnalyticsUnderTest,
  countRecords,
  startAnalytics,
} from './__fixtures__/analytics-under-test.js';
import { verifyEvents } from './index.js';

/** How long to wait for what happens in the background, in milliseconds: on a busy machine, too. */
const PATIENCE = { timeout: 60_000, interval: 50 };

let serial = 0;
const event = (more: Partial<DomainEvent> = {}): DomainEvent => {
  serial += 1;
  return {
    id: `e${serial}`,
    type: 'thing.happened',
    source: 'orders',
    aggregateId: `a${serial % 5}`,
    version: serial,
    occurredAt: new Date(Date.parse('2026-11-20T10:00:00Z') + serial * 1_000).toISOString(),
    correlationId: `c${serial}`,
    payload: { serial, text: 'é"\\', nested: [1.5, null, { deep: true }] },
    ...more,
  };
};
const events = (count: number): DomainEvent[] => Array.from({ length: count }, () => event());
const kept = (analytics: AnalyticsUnderTest, count: number) =>
  vi.waitFor(async () => expect(await countRecords(analytics)).toBe(count), PATIENCE);
const verify = (analytics: AnalyticsUnderTest) =>
  verifyEvents({ databaseUrl: analytics.database.url, logger: silentLogger });

describe('what is kept', () => {
  let analytics: AnalyticsUnderTest;
  beforeEach(async () => {
    analytics = await startAnalytics();
  });
  afterEach(() => analytics.stop());

  test('every event of every subgraph, whatever its type, once, and without its secrets', async () => {
    const command = event({
      type: 'payment.authorize-requested',
      payload: { orderId: 'o1', amountMinor: 100, paymentToken: 'tok_approve', email: 'ada@souk.test' },
    });
    const registered = event({
      source: 'users',
      type: 'user.registered',
      payload: { userId: 'u1', email: 'ada@souk.test', name: 'Ada Lovelace', roles: ['CUSTOMER'] },
    });
    const invented = event({ source: 'inventory', type: 'pallet.dropped', payload: null });
    analytics.tell(command, registered, invented, command, registered);
    analytics.tell(command);
    await kept(analytics, 3);
    const rows = await analytics.rows<Record<string, unknown>>(
      'SELECT id, type, payload, redacted FROM audit.events ORDER BY id',
    );
    const by = (id: string) => rows.find((row) => row['id'] === id);
    expect(by(command.id)).toMatchObject({
      payload: { orderId: 'o1', amountMinor: 100 },
      redacted: ['paymentToken', 'email'],
    });
    expect(by(registered.id)).toMatchObject({ payload: { userId: 'u1', roles: ['CUSTOMER'] } });
    expect(by(invented.id)).toMatchObject({ type: 'pallet.dropped', payload: null, redacted: [] });
    // Nowhere in the database: not in the inbox, not among dead letters either.
    const [dump] = await analytics.rows<{ dump: string }>(
      `SELECT concat((SELECT json_agg(t) FROM audit.records t), (SELECT json_agg(t) FROM events.inbox t),
              (SELECT json_agg(t) FROM events.dead_letters t)) AS dump`,
    );
    expect(dump?.dump).not.toMatch(/tok_approve|ada@souk\.test|Lovelace/);
  });

  test('a month has a partition of its own, and the next one is there a week before it begins', async () => {
    analytics.tell(
      event({ occurredAt: '2024-02-29T23:59:59.999Z' }),
      event({ occurredAt: '2024-03-01T00:00:00.000Z' }),
      event(),
    );
    await kept(analytics, 3);
    const partitions = await analytics.rows<{ name: string }>(
      `SELECT relname AS name FROM pg_inherits JOIN pg_class ON oid = inhrelid
       WHERE inhparent = 'audit.records'::regclass ORDER BY 1`,
    );
    // The clock of this test says the 28th of November.
    expect(partitions.map(({ name }) => name)).toEqual([
      'records_2024_02',
      'records_2024_03',
      'records_2026_11',
      'records_2026_12',
    ]);
    const [february] = await analytics.rows<{ count: string }>('SELECT count(*) FROM audit.records_2024_02');
    expect(february?.count).toBe('1');
    expect(await verify(analytics)).toMatchObject({ complete: true, checkedTo: { number: 3 } });
  });

  test('an event that cannot be kept is set aside, without its secrets, and harms no other', async () => {
    const odd = event({ occurredAt: 'yesterday', payload: { paymentToken: 'tok_approve' } });
    analytics.tell(odd, event());
    await kept(analytics, 1);
    const letters = () => analytics.rows('SELECT event_id FROM events.dead_letters');
    await vi.waitFor(async () => expect(await letters()).toEqual([{ event_id: odd.id }]), PATIENCE);
    const [letter] = await analytics.rows<{ event: string }>('SELECT event::text FROM events.dead_letters');
    expect(letter?.event).not.toContain('tok_approve');
  });
});

test('two replicas that take in the same events make one chain without gaps', async () => {
  const analytics = await startAnalytics();
  try {
    await analytics.open();
    for (let round = 0; round < 10; round += 1) {
      analytics.tell(...events(30), ...events(30).map((one) => ({ ...one, source: 'inventory' })));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await kept(analytics, 600);
    expect(await verify(analytics)).toMatchObject({ complete: true, checkedTo: { number: 600 } });
    const [numbers] = await analytics.rows(
      'SELECT min(number), max(number), count(DISTINCT number) FROM audit.records',
    );
    expect(numbers).toEqual({ min: '1', max: '600', count: '600' });
  } finally {
    await analytics.stop();
  }
});

describe('an intruder', () => {
  let analytics: AnalyticsUnderTest;
  beforeAll(async () => {
    analytics = await startAnalytics();
    analytics.tell(...events(2_500));
    await kept(analytics, 2_500);
  });
  afterAll(() => analytics.stop());

  test.each([
    'UPDATE audit.records SET payload = $$"x"$$ WHERE number = 7',
    'DELETE FROM audit.records WHERE number = 7',
    'TRUNCATE audit.records',
    'UPDATE audit.records_2026_11 SET type = $$x$$ WHERE number = 7',
    'DELETE FROM audit.records_2026_11',
    'TRUNCATE audit.records_2026_11',
    'DELETE FROM audit.events',
    'UPDATE audit.events SET type = $$x$$',
    'INSERT INTO audit.events (number) VALUES (1)',
    'SET session_replication_role = replica; DELETE FROM audit.records WHERE number = 7',
  ])('is refused: %s', async (statement) => {
    const client = await analytics.admin.connect();
    try {
      await expect(client.query(statement)).rejects.toThrow(/append-only/);
    } finally {
      client.release(true);
    }
  });

  /** As a superuser can who takes the triggers off first; what was done is undone afterwards. */
  const tampered = async (statement: string, look: () => Promise<void>): Promise<void> => {
    const client = await analytics.admin.connect();
    const restore =
      'CREATE TEMP TABLE saved AS TABLE audit.records; CREATE TEMP TABLE saved_head AS TABLE audit.head';
    try {
      await client.query(restore);
      await client.query('ALTER TABLE audit.records DISABLE TRIGGER ALL');
      await client.query('ALTER TABLE audit.records_2026_11 DISABLE TRIGGER ALL');
      await client.query(statement);
      await look();
    } finally {
      await client.query('DELETE FROM audit.records; INSERT INTO audit.records TABLE saved');
      await client.query('DELETE FROM audit.head; INSERT INTO audit.head TABLE saved_head');
      await client.query('ALTER TABLE audit.records_2026_11 ENABLE ALWAYS TRIGGER append_only');
      await client.query('ALTER TABLE audit.records_2026_11 ENABLE ALWAYS TRIGGER never_truncated');
      client.release(true);
    }
  };

  test.each([
    [
      'changes an amount',
      `UPDATE audit.records SET payload = jsonb_set(payload, '{serial}', '0') WHERE number = 1234`,
      1234,
      'CHANGED',
    ],
    [
      'changes an instant',
      `UPDATE audit.records SET occurred_at = occurred_at + interval '1 ms' WHERE number = 1001`,
      1001,
      'CHANGED',
    ],
    ['changes a hash', `UPDATE audit.records SET hash = sha256('x') WHERE number = 5`, 5, 'CHANGED'],
    ['takes one out', 'DELETE FROM audit.records WHERE number = 1000', 1000, 'MISSING'],
    ['takes the last ones out', 'DELETE FROM audit.records WHERE number > 2490', 2491, 'MISSING'],
    ['takes all out', 'DELETE FROM audit.records', 1, 'MISSING'],
    [
      'takes the end of the chain back',
      'UPDATE audit.head SET number = 2000, hash = (SELECT hash FROM audit.records WHERE number = 2000)',
      2001,
      'UNCHAINED',
    ],
    ['forges the end of the chain', `UPDATE audit.head SET hash = sha256('x')`, 2500, 'CHANGED'],
  ])('with a superuser’s rights who %s is found out', async (_what, statement, number, reason) => {
    await tampered(statement, async () => {
      const { complete, broken, checkedTo } = await verify(analytics);
      expect({ complete, broken }).toMatchObject({ complete: false, broken: { number, reason } });
      expect(checkedTo.number).toBe(
        reason === 'UNCHAINED' ? 2000 : number - (statement.includes('head') ? 0 : 1),
      );
    });
    expect(await verify(analytics)).toMatchObject({ complete: true, checkedTo: { number: 2_500 } });
  });

  test('who writes a whole new chain does not come to the hash that was noted elsewhere', async () => {
    const noted = (await verify(analytics)).checkedTo;
    const anchored = verifyEvents(
      { databaseUrl: analytics.database.url, logger: silentLogger },
      { anchor: { number: noted.number, hash: noted.hash.toString('hex') } },
    );
    expect(await anchored).toMatchObject({ complete: true });
    const forged = verifyEvents(
      { databaseUrl: analytics.database.url, logger: silentLogger },
      { anchor: { number: 1_500, hash: 'ab'.repeat(32) } },
    );
    expect(await forged).toMatchObject({ complete: false, broken: { number: 1_500, reason: 'CHANGED' } });
  });
});
