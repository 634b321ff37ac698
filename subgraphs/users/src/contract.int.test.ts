import { describeSubgraphContract } from '@souk/testkit/contract';
import { silentLogger } from '@souk/testkit/logger';
import pg from 'pg';
import { afterAll } from 'vitest';
import { openUsersShop } from './__fixtures__/users-shop.js';

const staff = { kind: 'user', userId: 'staff', roles: ['STAFF'] } as const;
const shops: Awaited<ReturnType<typeof openUsersShop>>[] = [];
afterAll(async () => {
  await Promise.all(shops.map((shop) => shop.close()));
});

// What reaches the database is counted where it leaves the process; the relay's own statements are not ours.
const statements: string[] = [];
const send = pg.Client.prototype.query as (this: pg.Client, ...args: unknown[]) => unknown;
pg.Client.prototype.query = function count(this: pg.Client, ...args: unknown[]) {
  const [query] = args as [string | { text: string }];
  statements.push(typeof query === 'string' ? query : query.text);
  return send.apply(this, args);
} as typeof pg.Client.prototype.query;
afterAll(() => {
  pg.Client.prototype.query = send as typeof pg.Client.prototype.query;
});

describeSubgraphContract('users', {
  async create() {
    const shop = await openUsersShop();
    shops.push(shop);
    return { app: shop.app, breakStore: () => shop.database.drop() };
  },
  logger: silentLogger,
  entities: [
    {
      typename: 'User',
      known: async () => {
        const people = await Promise.all([shops[0]?.newcomer(), shops[0]?.newcomer(), shops[0]?.newcomer()]);
        return people.map((person) => ({ id: person?.user.id }));
      },
      unknown: { id: 'nobody' },
      selection: 'id email name roles createdAt',
      viewer: staff,
    },
  ],
  storeCalls: {
    reset: () => (statements.length = 0),
    count: () => statements.filter((text) => text.includes('"users"')).length,
  },
  guarded: {
    query: 'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { user { id } } }',
    variables: { input: { name: 'Mallory' } },
    code: 'UNAUTHENTICATED',
  },
  storeQuery: { query: '{ viewer { id email } }', viewer: staff },
});
