import { expect, test } from 'vitest';
import { databaseUrl, isDatabaseAway, isSerializationFailure } from './index.js';
import { parseInt8 } from './pool.js';

test('a subgraph gets its own database, user, host and parameters kept', () => {
  expect(databaseUrl('postgres://ada:s%40lt@db:6543/postgres?sslmode=require', 'orders')).toBe(
    'postgres://ada:s%40lt@db:6543/souk_orders?sslmode=require',
  );
  expect(databaseUrl('postgresql://db', 'users')).toBe('postgresql://db/souk_users');
});

test.each(['', 'mysql://db/x', 'db:5432', 'postgres://:x:'])('%j is refused with what to correct', (base) => {
  expect(() => databaseUrl(base, 'orders')).toThrow(/Correct DATABASE_URL/);
});

test('int8 is exact or an error', () => {
  expect(parseInt8('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
  expect(() => parseInt8('9007199254740993')).toThrow(/beyond 2\^53/);
});

test('failures are told apart by their code, wherever it stands', () => {
  expect(isSerializationFailure({ code: '40001' })).toBe(true);
  expect(isSerializationFailure(new Error('outer', { cause: { code: '40P01' } }))).toBe(true);
  expect(isSerializationFailure({ code: '23505' })).toBe(false);
  expect(isDatabaseAway({ code: 'ECONNREFUSED' })).toBe(true);
  expect(isDatabaseAway({ code: '57P01' })).toBe(true);
  expect(isDatabaseAway(new Error('Connection terminated unexpectedly'))).toBe(true);
  expect(isDatabaseAway({ code: '23505' })).toBe(false);
  expect(isDatabaseAway('no error at all')).toBe(false);
});
