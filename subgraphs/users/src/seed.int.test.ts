import { DEMO_PASSWORD, demoAccounts } from '@souk/demo-data/people';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openUsersShop } from './__fixtures__/users-shop.js';
import { seed } from './seed.js';

let shop: Awaited<ReturnType<typeof openUsersShop>>;
beforeEach(async () => {
  shop = await openUsersShop();
});
afterEach(() => shop.close());

const staff = { kind: 'user', userId: 'somebody', roles: ['STAFF'] } as const;
const users = async (ids: readonly string[]) => {
  const { data } = await shop.run<{ _entities: unknown[] }>(
    `query ($r: [_Any!]!) {
       _entities(representations: $r) { ... on User { id email roles addresses { city isDefault } } }
     }`,
    { r: ids.map((id) => ({ __typename: 'User', id })) },
    { viewer: staff },
  );
  return data?._entities;
};
const registered = async (): Promise<number> => {
  const { rows } = await queryOne(shop.database.url, 'SELECT count(*)::int AS n FROM events.outbox');
  return rows[0]?.n ?? 0;
};

it('makes the demo accounts and customers, once however often it runs', async () => {
  const [first] = demoAccounts;
  expect((await shop.login({ email: first?.email ?? '', password: DEMO_PASSWORD })).session).toBeNull();

  await seed(shop.deps, { seed: 7, customers: 1200 });
  for (const { email, id, name, roles } of demoAccounts) {
    const { session } = await shop.login({ email, password: DEMO_PASSWORD });
    expect(session?.user).toEqual({ id, email, name, roles });
  }
  expect(
    demoAccounts.map(({ email, roles }) => [email, roles.includes('ADMIN'), roles.includes('STAFF')]),
  ).toEqual(
    expect.arrayContaining([
      ['admin@souk.test', true, expect.anything()],
      ['staff@souk.test', false, true],
      ['ada@souk.test', false, false],
    ]),
  );
  const made = await users(demoAccounts.map(({ id }) => id));
  expect(made).toEqual(
    demoAccounts.map(({ id, email, roles, address: { city } }) => ({
      id,
      email,
      roles,
      addresses: [{ city, isDefault: true }],
    })),
  );

  const events = await registered();
  expect(events).toBe(demoAccounts.length + 1200);
  await seed(shop.deps, { seed: 7, customers: 1200 });
  expect(await registered()).toBe(events);
  expect(await users(demoAccounts.map(({ id }) => id))).toEqual(made);
});

it('gives no customer a password, not even the demo one', async () => {
  await seed(shop.deps, { seed: 7, customers: 1200 });
  const { rows } = await queryOne(
    shop.database.url,
    'SELECT count(*)::int AS n, min(email) AS email FROM users WHERE password_hash IS NULL',
  );
  expect(rows[0]?.n).toBe(1200);
  for (const password of [DEMO_PASSWORD, '', 'null']) {
    const { session, errors } = await shop.login({ email: rows[0]?.email ?? '', password });
    expect([session, errors[0]?.code]).toEqual([null, 'INVALID_CREDENTIALS']);
  }
});

async function queryOne(url: string, sql: string) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query<{ n: number; email: string }>(sql);
  } finally {
    await client.end();
  }
}
