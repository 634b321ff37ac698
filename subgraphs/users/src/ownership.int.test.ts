import { type Viewer, ANONYMOUS } from '@souk/kit/auth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openUsersShop } from './__fixtures__/users-shop.js';

let shop: Awaited<ReturnType<typeof openUsersShop>>;
let ada: Awaited<ReturnType<typeof shop.newcomer>>;
let bob: Awaited<ReturnType<typeof shop.newcomer>>;
beforeAll(async () => {
  shop = await openUsersShop();
  ada = await shop.newcomer();
  bob = await shop.newcomer();
});
afterAll(() => shop.close());

const user = (roles: ('CUSTOMER' | 'STAFF' | 'ADMIN')[]): Viewer => ({ kind: 'user', userId: 'x', roles });
const ask = (fields: string, viewer: Viewer) =>
  shop.run(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { ${fields} } } }`,
    { r: [ada, bob].map(({ user: { id } }) => ({ __typename: 'User', id })) },
    { viewer },
  );
const emails = () => [{ email: ada.user.email }, { email: bob.user.email }];

describe('_entities', () => {
  it.each([
    ['staff', user(['STAFF'])],
    ['admins', user(['ADMIN'])],
    ['services', { kind: 'service', service: 'orders' } as const],
  ])('tells %s everything', async (_who, viewer) => {
    expect(await ask('email', viewer)).toEqual({ data: { _entities: emails() } });
  });

  it('tells an account about itself and of others the id alone', async () => {
    expect(await ask('id', bob.viewer)).toEqual({
      data: { _entities: [{ id: ada.user.id }, { id: bob.user.id }] },
    });
    for (const field of ['email', 'name', 'roles', 'createdAt', 'addresses { id }']) {
      const { data, errors } = await ask(field, bob.viewer);
      expect(data).toEqual({ _entities: [null, expect.anything()] });
      expect(errors?.map(({ extensions, path }) => [extensions['code'], path])).toEqual([
        ['FORBIDDEN', ['_entities', 0, field.split(' ')[0]]],
      ]);
    }
  });

  it.each([
    ['the anonymous', ANONYMOUS],
    ['other customers', user(['CUSTOMER'])],
  ])('refuses %s', async (_who, viewer) => {
    const { data, errors } = await ask('id email', viewer);
    expect(data).toEqual({ _entities: [null, null] });
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN', 'FORBIDDEN']);
  });
});
