import pg from 'pg';
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
/** What was logged of reused tokens of somebody. */
const warningsOf = (userId: string): string[] =>
  shop.logLines.filter((line) => line.includes('refresh token reused') && line.includes(userId));
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

  it('ends the whole family when a token comes back that others have gone on from, and no other', async () => {
    const { user, refreshToken, password } = await shop.newcomer();
    const elsewhere = await shop.login({ email: user.email, password });
    const second = await refreshed(refreshToken);
    const third = await refreshed(second.refreshToken);
    expect(await codeOfRefresh(refreshToken)).toBe('SESSION_EXPIRED');
    for (const { refreshToken: later } of [second, third]) {
      expect(await codeOfRefresh(later)).toBe('SESSION_EXPIRED');
    }
    expect(warningsOf(user.id)).toHaveLength(1);
    expect((await refreshed(elsewhere.session?.refreshToken ?? '')).user.id).toBe(user.id);
  });

  it('does the same when a used token comes back later than a minute', async () => {
    const { user, refreshToken } = await shop.newcomer();
    const second = await refreshed(refreshToken);
    shop.clock.advance(60_001);
    expect(await codeOfRefresh(refreshToken)).toBe('SESSION_EXPIRED');
    expect(await codeOfRefresh(second.refreshToken)).toBe('SESSION_EXPIRED');
    expect(warningsOf(user.id)).toHaveLength(1);
  });

  it('gives the same again to whoever did not get the answer, and the family goes on', async () => {
    const { user, refreshToken } = await shop.newcomer();
    const lost = await refreshed(refreshToken);
    shop.clock.advance(60_000);
    const again = await refreshed(refreshToken);
    expect(again.refreshToken).toBe(lost.refreshToken);
    expect(Date.parse(again.expiresAt)).toBeGreaterThan(Date.parse(lost.expiresAt));
    const third = await refreshed(again.refreshToken);
    expect((await refreshed(third.refreshToken)).user).toEqual(user);
    expect(warningsOf(user.id)).toEqual([]);
  });

  it('gives many at once the same, and one thing to go on with', async () => {
    const { user, refreshToken } = await shop.newcomer();
    const tokens = new Set<string>();
    const tabs = Array.from({ length: 12 }, async () =>
      tokens.add((await refreshed(refreshToken)).refreshToken),
    );
    await Promise.all(tabs);
    const [only, ...others] = tokens;
    expect(others).toEqual([]);
    await refreshed(only ?? '');
    expect(warningsOf(user.id)).toEqual([]);
  });

  it('has nothing stored that a token could be made of', async () => {
    const { refreshToken } = await shop.newcomer();
    const second = await refreshed(refreshToken);
    const client = new pg.Client({ connectionString: shop.database.url });
    await client.connect();
    const { rows } = await client.query<{ all: string }>(
      'SELECT json_agg(t)::text AS all FROM (SELECT * FROM refresh_tokens) t',
    );
    await client.end();
    for (const token of [refreshToken, second.refreshToken]) {
      expect(rows[0]?.all).not.toContain(token);
      expect(rows[0]?.all).not.toContain(Buffer.from(token, 'base64url').toString('hex'));
    }
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
