import { randomUUID } from 'node:crypto';
import { createPool, withTransaction } from '@souk/kit/postgres';
import { silentLogger } from '@souk/testkit/logger';
import { testPostgres } from '@souk/testkit/postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prepare } from './index.js';
import { type Ledger, openLedger } from './provider/sandbox/ledger.js';
import type { Posting } from './provider/sandbox/post.js';

/** Two processes at one database. */
let ledgers: readonly [Ledger, Ledger];
const stop: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  const database = await testPostgres('payments');
  await prepare({ databaseUrl: database.url, logger: silentLogger });
  const open = (): Ledger => {
    const pool = createPool({ url: database.url, logger: silentLogger, max: 4 });
    stop.unshift(() => pool.end());
    return openLedger({ pool, transaction: (work) => withTransaction(pool, work) }, () => new Date());
  };
  stop.push(() => database.drop());
  ledgers = [open(), open()];
});
afterAll(async () => {
  for (const end of stop) await end();
});

const amount = { amountMinor: 1000, currency: 'EUR' } as const;
const hold = (orderId: string, token = 'tok_approve'): Posting => ({
  key: `${orderId}:authorize`,
  orderId,
  kind: 'AUTHORIZE',
  amount,
  token,
  challengeId: randomUUID(),
});
const move = (orderId: string, kind: Posting['kind'], key: string, amountMinor = 1000): Posting => ({
  key: `${orderId}:${key}`,
  orderId,
  kind,
  amount: { ...amount, amountMinor },
});
/** Everything at once, half of it by each process. */
const race = (postings: readonly Posting[]) =>
  Promise.all(postings.map((posting, index) => ledgers[index % 2 === 0 ? 0 : 1].post(posting)));

describe('the books of the sandbox', () => {
  test('have one entry a key, however many ask for it at once', async () => {
    const ids = Array.from({ length: 20 }, () => randomUUID());
    const asked = [...ids, ...[...ids].reverse(), ...ids].map((id) => hold(id, 'tok_challenge'));
    const posted = await race(asked);
    for (const id of ids) {
      const answers = posted.filter(({ entry }) => entry.orderId === id);
      expect(new Set(answers.map(({ entry }) => entry.challengeId)).size).toBe(1);
      expect(await ledgers[0].entriesOf(id)).toMatchObject([{ outcome: 'OPEN', amountMinor: 1000 }]);
    }
  });

  test('never have a capture beside a void, whoever comes first', async () => {
    const ids = Array.from({ length: 20 }, () => randomUUID());
    await race(ids.map((id) => hold(id)));
    await race(ids.flatMap((id) => [move(id, 'CAPTURE', 'capture'), move(id, 'VOID', 'void')]));
    for (const id of ids) {
      const done = (await ledgers[1].entriesOf(id)).filter(({ outcome }) => outcome === 'DONE');
      expect(done).toHaveLength(2);
      expect(done[0]?.kind).toBe('AUTHORIZE');
    }
  });

  test('never give back more than was taken, however many refunds come at once', async () => {
    const id = randomUUID();
    await ledgers[0].post(hold(id));
    await ledgers[0].post(move(id, 'CAPTURE', 'capture'));
    const posted = await race(
      Array.from({ length: 12 }, (_, index) => move(id, 'REFUND', `refund:${index}`, 300)),
    );
    expect(posted.filter(({ entry }) => entry.outcome === 'DONE')).toHaveLength(3);
  });

  test('refuse a key that was used for another amount', async () => {
    const id = randomUUID();
    await ledgers[0].post(hold(id));
    const other = { ...hold(id), amount: { ...amount, amountMinor: 1001 } };
    await expect(ledgers[1].post(other)).rejects.toThrow('was used for another amount');
    await ledgers[0].post(move(id, 'CAPTURE', 'capture'));
    await expect(ledgers[1].post(move(id, 'CAPTURE', 'capture', 1))).rejects.toThrow('another amount');
  });
});
