import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openUsersShop } from './__fixtures__/users-shop.js';

let shop: Awaited<ReturnType<typeof openUsersShop>>;
beforeAll(async () => {
  shop = await openUsersShop();
});
afterAll(() => shop.close());

const DAY = 24 * 60 * 60_000;
const refreshed = async (refreshToken: string) => {
  const { session } = await shop.refresh({ refreshToken });
  if (!session) throw new Error('refresh was refused');
  return session;
};
const codeOfRefresh = async (refreshToken: string): Promise<string | undefined> =>
  (await shop.refresh({ refreshToken })).errors[0]?.code;
const logOut = (refreshToken: string) =>
  shop.run('mutation ($input: LogoutInput!) { logout(input: $input) { loggedOut errors { code } } }', {
    input: { refreshToken },
  });

describe('refreshSession', () => {
  it('gives a new session of the same account, time after time', async () => {
    const { user, refreshToken, accessToken } = await shop.newcomer();
    const second = await refreshed(refreshToken);
    const third = await refreshed(second.refreshToken);
    expect(third.user).toEqual(user);
    const tokens = [refreshToken, second.refreshToken, third.refreshToken];
    expect(new Set(tokens).size).toBe(3);
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(third.accessToken).not.toBe(accessToken);
  });

  it('ends the whole family when a used token comes back, and no other', async () => {
    const { user, refreshToken, password } = await shop.newcomer();
    const elsewhere = await shop.login({ email: user.email, password });
    const second = await refreshed(refreshToken);
    expect(await codeOfRefresh(refreshToken)).toBe('SESSION_EXPIRED');
    expect(await codeOfRefresh(second.refreshToken)).toBe('SESSION_EXPIRED');
    expect(shop.logLines.filter((line) => line.includes('refresh token reused'))).toHaveLength(1);
    expect((await refreshed(elsewhere.session?.refreshToken ?? '')).user.id).toBe(user.id);
  });

  it('lets one of many at once have it, and takes the others for thieves', async () => {
    const { refreshToken } = await shop.newcomer();
    const answers = await Promise.all(Array.from({ length: 12 }, () => shop.refresh({ refreshToken })));
    const winners = answers.flatMap(({ session }) => session ?? []);
    expect(winners).toHaveLength(1);
    expect(await codeOfRefresh(winners[0]?.refreshToken ?? '')).toBe('SESSION_EXPIRED');
  });

  it('takes a token for thirty days, and each use starts them anew', async () => {
    const { refreshToken } = await shop.newcomer();
    shop.clock.advance(29 * DAY);
    const second = await refreshed(refreshToken);
    shop.clock.advance(29 * DAY);
    const third = await refreshed(second.refreshToken);
    shop.clock.advance(30 * DAY);
    expect(await codeOfRefresh(third.refreshToken)).toBe('SESSION_EXPIRED');
  });

  it.each(['', 'nonsense', 'x'.repeat(50_000)])('refuses what is no token (%#)', async (refreshToken) => {
    expect(await codeOfRefresh(refreshToken)).toBe('SESSION_EXPIRED');
  });
});

describe('logout', () => {
  const gone = { data: { logout: { loggedOut: true, errors: [] } } };

  it('ends the session of the token, also of an older one, and can be repeated', async () => {
    const { refreshToken } = await shop.newcomer();
    const second = await refreshed(refreshToken);
    expect(await logOut(refreshToken)).toEqual(gone);
    expect(await codeOfRefresh(second.refreshToken)).toBe('SESSION_EXPIRED');
    expect(await logOut(second.refreshToken)).toEqual(gone);
    expect(await logOut('unknown')).toEqual(gone);
  });

  it('leaves the other sessions of the account alone', async () => {
    const { user, refreshToken, password } = await shop.newcomer();
    const elsewhere = await shop.login({ email: user.email, password });
    await logOut(refreshToken);
    expect((await refreshed(elsewhere.session?.refreshToken ?? '')).user.id).toBe(user.id);
  });
});
