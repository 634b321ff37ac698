import { expect, it } from 'vitest';
import { openUsersShop } from './__fixtures__/users-shop.js';

it('writes events of accounts in order, and no secret into events or logs', async () => {
  const shop = await openUsersShop();
  try {
    const { user, viewer, password, accessToken, refreshToken } = await shop.newcomer();
    const login = await shop.login({ email: user.email, password });
    await shop.login({ email: user.email, password: 'a wrong password' });
    const next = await shop.refresh({ refreshToken });
    await shop.refresh({ refreshToken });
    const update =
      'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { errors { code } } }';
    await shop.run(update, { input: { name: 'Renamed' } }, { viewer, requestId: 'req-7' });
    await shop.run(update, { input: { name: 'Renamed' } }, { viewer });
    await shop.app.events?.waitBeyond(1, 60_000, new AbortController().signal);

    const events = await shop.app.events?.read(0, 10);
    const payload = { userId: user.id, email: user.email, name: user.name, roles: ['CUSTOMER'] };
    const common = { source: 'users', aggregateId: user.id };
    expect(events).toEqual([
      expect.objectContaining({ ...common, type: 'user.registered', version: 1, payload }),
      expect.objectContaining({
        ...common,
        type: 'user.updated',
        version: 2,
        correlationId: 'req-7',
        payload: { ...payload, name: 'Renamed' },
      }),
    ]);
    const secrets = [
      password,
      'a wrong password',
      '$argon2',
      ...[accessToken, refreshToken],
      ...[login.session, next.session].flatMap((s) => (s ? [s.accessToken, s.refreshToken] : ['missing'])),
    ];
    const written = shop.logLines.join('\n') + JSON.stringify(events);
    expect(shop.logLines.length).toBeGreaterThan(0);
    expect(secrets.filter((secret) => written.includes(secret))).toEqual([]);
  } finally {
    await shop.close();
  }
});
