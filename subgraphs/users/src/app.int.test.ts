import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openUsersShop } from './__fixtures__/users-shop.js';

describe('accounts', () => {
  let shop: Awaited<ReturnType<typeof openUsersShop>>;
  beforeAll(async () => {
    shop = await openUsersShop();
  });
  afterAll(() => shop.close());

  it('registers', async () => {
    const x = await shop.register({ email: ' Ada@Shop.test', password: 'correct horse', name: 'Ada  L' });
    expect(x).toEqual({});
  });
});
