import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openUsersShop } from './__fixtures__/users-shop.js';

const ada = { email: 'ada@shop.test', password: 'correct horse battery', name: 'Ada Lovelace' };
let shop: Awaited<ReturnType<typeof openUsersShop>>;
beforeAll(async () => {
  shop = await openUsersShop();
  await shop.register(ada);
});
afterAll(() => shop.close());

const viewerQuery = '{ viewer { id email name roles addresses { id } createdAt } }';

describe('register', () => {
  it('makes a customer and signs it in', async () => {
    const someone = { ...ada, email: 'someone@shop.test', name: 'Some One' };
    const { session, errors } = await shop.register(someone);
    expect(errors).toEqual([]);
    expect(session?.user).toEqual({
      id: expect.any(String) as string,
      email: someone.email,
      name: someone.name,
      roles: ['CUSTOMER'],
    });
    expect(session?.expiresAt).toBe(new Date(shop.clock.now + 15 * 60_000).toISOString());
    const viewer = { kind: 'user', userId: session?.user.id ?? '', roles: ['CUSTOMER'] } as const;
    const { data } = await shop.run(viewerQuery, {}, { viewer });
    expect(data).toEqual({
      viewer: { ...session?.user, addresses: [], createdAt: new Date(shop.clock.now).toISOString() },
    });
  });

  it('knows one account for one address, however it is written', async () => {
    const refusal = { code: 'EMAIL_TAKEN', path: ['email'] };
    for (const email of [ada.email, 'ADA@Shop.Test', '  ada@shop.test ']) {
      const { session, errors } = await shop.register({ ...ada, email });
      expect(session).toBeNull();
      expect(errors).toEqual([expect.objectContaining(refusal)]);
    }
  });

  it('names everything that is wrong at once', async () => {
    const { session, errors } = await shop.register({ email: 'ada@', password: 'short', name: '  ' });
    expect(session).toBeNull();
    expect(errors.map(({ code, path }) => [code, ...path])).toEqual([
      ['INVALID_INPUT', 'email'],
      ['INVALID_INPUT', 'password'],
      ['INVALID_INPUT', 'name'],
    ]);
  });

  it('gives nobody a role they ask for', async () => {
    const query = 'mutation ($input: RegisterInput!) { register(input: $input) { errors { code } } }';
    const input = { ...ada, email: 'mallory@shop.test', roles: ['ADMIN'] };
    const { data, errors } = await shop.run(query, { input });
    expect(data).toBeUndefined();
    expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    expect((await shop.login({ email: input.email, password: ada.password })).session).toBeNull();
  });

  it('lets sixty people in at once, and one of those who want the same address', async () => {
    const crowd = Array.from({ length: 60 }, (_, n) => ({ ...ada, email: `crowd-${n}@shop.test` }));
    const rivals = Array.from({ length: 5 }, () => ({ ...ada, email: 'rival@shop.test' }));
    const answers = await Promise.all([...crowd, ...rivals].map((input) => shop.register(input)));
    expect(answers.slice(0, 60).every(({ errors }) => errors.length === 0)).toBe(true);
    const codes = answers.slice(60).map(({ errors }) => errors[0]?.code ?? 'welcome');
    expect(codes.sort()).toEqual([...Array<string>(4).fill('EMAIL_TAKEN'), 'welcome']);
    const ids = new Set(answers.flatMap(({ session }) => session?.user.id ?? []));
    expect(ids.size).toBe(61);
  });
});

describe('login', () => {
  it('takes the right password, whatever the case of the address', async () => {
    const { session, errors } = await shop.login({ email: 'Ada@SHOP.test', password: ada.password });
    expect(errors).toEqual([]);
    expect(session?.user.email).toBe(ada.email);
  });

  it('says the same about a wrong password, an unknown account and an address that is none', async () => {
    const wrong = await shop.login({ email: ada.email, password: 'wrong horse' });
    expect(wrong).toEqual({
      session: null,
      errors: [
        {
          code: 'INVALID_CREDENTIALS',
          message: 'The e-mail address or the password is wrong.',
          path: [],
          retryAt: null,
        },
      ],
    });
    expect(await shop.login({ email: 'nobody@shop.test', password: 'wrong horse' })).toEqual(wrong);
    expect(await shop.login({ email: 'no address', password: 'wrong horse' })).toEqual(wrong);
    expect(await shop.login({ email: ada.email, password: 'x'.repeat(100_000) })).toEqual(wrong);
  });
});

describe('updateProfile', () => {
  const update = `mutation ($input: UpdateProfileInput!) {
    updateProfile(input: $input) { user { id email name } errors { code path } }
  }`;

  it('changes what is given and leaves the rest', async () => {
    const { user, viewer, password } = await shop.newcomer();
    const { id } = user;
    const renamed = await shop.run(update, { input: { name: ' Grace  Hopper ' } }, { viewer });
    expect(renamed.data).toEqual({
      updateProfile: { user: { id, email: user.email, name: 'Grace Hopper' }, errors: [] },
    });
    const moved = await shop.run(update, { input: { email: 'Grace@Shop.test', name: null } }, { viewer });
    expect(moved.data).toEqual({
      updateProfile: { user: { id, email: 'grace@shop.test', name: 'Grace Hopper' }, errors: [] },
    });
    expect((await shop.login({ email: 'grace@shop.test', password })).session?.user.id).toBe(id);
    expect((await shop.login({ email: user.email, password })).session).toBeNull();
  });

  it("refuses somebody else's address and bad values, and changes nothing", async () => {
    const { user, viewer } = await shop.newcomer();
    const taken = await shop.run(update, { input: { email: 'ADA@shop.test', name: 'New' } }, { viewer });
    expect(taken.data).toEqual({
      updateProfile: { user: null, errors: [{ code: 'EMAIL_TAKEN', path: ['email'] }] },
    });
    const invalid = await shop.run(update, { input: { email: '@', name: 'x'.repeat(101) } }, { viewer });
    expect(invalid.data).toEqual({
      updateProfile: {
        user: null,
        errors: [
          { code: 'INVALID_INPUT', path: ['email'] },
          { code: 'INVALID_INPUT', path: ['name'] },
        ],
      },
    });
    const { data } = await shop.run('{ viewer { email name } }', {}, { viewer });
    expect(data).toEqual({ viewer: { email: user.email, name: user.name } });
  });

  it('is for people who are signed in, to an account that exists', async () => {
    const anonymous = await shop.run(update, { input: { name: 'X' } });
    expect(anonymous.errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    const ghost = { kind: 'user', userId: 'gone', roles: ['CUSTOMER'] } as const;
    const gone = await shop.run(update, { input: { name: 'X' } }, { viewer: ghost });
    expect(gone.errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    expect((await shop.run('{ viewer { id } }', {}, { viewer: ghost })).data).toEqual({ viewer: null });
  });
});

it('has no viewer without an identity', async () => {
  expect(await shop.run('{ viewer { id } }')).toEqual({ data: { viewer: null } });
});
