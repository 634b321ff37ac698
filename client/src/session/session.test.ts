import { beforeEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import { cartLine, cartOf, sessionOf } from '@/__fixtures__/samples.js';
import { type Answers, openTestShop } from '@/__fixtures__/test-shop.js';
import { useAddressBook } from '@/account/use-address-book.js';
import { useCartStore } from '@/cart/cart-store.js';
import { refreshSession } from './refresh-session.js';
import { useSessionStore } from './session-store.js';
import { useRestoredSession } from './use-restored-session.js';
import { useSession } from './use-session.js';

describe('the session', () => {
  let answers: Answers;
  let shop: ReturnType<typeof openTestShop>;

  beforeEach(() => {
    answers = {};
    shop = openTestShop(answers);
  });

  it('starts with signing in, and takes the guest’s cart along', async () => {
    useCartStore().token = 'guest-token';
    answers['login'] = { session: sessionOf('ada'), errors: [] };
    answers['mergeCart'] = { cart: { ...cartOf(cartLine('a', 1, 1000)), token: null }, errors: [] };

    const { login, user } = shop.run(useSession);
    expect(await login({ email: 'ada@souk.test', password: 'souk-demo-pass' })).toEqual([]);
    expect(user.value?.name).toBe('ada');
    expect(useSessionStore().refreshToken).toBe('refresh-of-ada');
    const merge = shop.arrived.find(({ operation }) => operation === 'MergeCart');
    expect(merge?.variables).toEqual({ input: { cartToken: 'guest-token' } });
    expect(merge?.headers.get('authorization')).toBe('Bearer access-of-ada');
    expect(useCartStore().token).toBeUndefined();
  });

  it('keeps the guest’s cart token when merging failed', async () => {
    useCartStore().token = 'guest-token';
    answers['login'] = { session: sessionOf('ada'), errors: [] };
    answers['mergeCart'] = () => Promise.reject(new Error('away'));
    await shop.run(useSession).login({ email: 'ada@souk.test', password: 'souk-demo-pass' });
    expect(useCartStore().token).toBe('guest-token');
  });

  it('says beside the form why nobody was signed in', async () => {
    const refusal = { code: 'INVALID_CREDENTIALS', message: 'Wrong.', path: [] };
    answers['login'] = { session: null, errors: [refusal] };
    expect(await shop.run(useSession).login({ email: 'a@b.c', password: 'x' })).toEqual([
      { field: '', message: 'Wrong.' },
    ]);
    expect(useSessionStore().user).toBeUndefined();
  });

  it('is refreshed once, however many ask', async () => {
    useSessionStore().refreshToken = 'kept';
    answers['refreshSession'] = { session: sessionOf('ada'), errors: [] };
    await Promise.all([refreshSession(), refreshSession(), refreshSession()]);
    expect(shop.operations()).toEqual(['RefreshSession']);
    await refreshSession();
    expect(shop.operations()).toEqual(['RefreshSession']);
  });

  it('ends when the server refuses to refresh it, but not when the server cannot be reached', async () => {
    const session = useSessionStore();
    session.refreshToken = 'kept';
    answers['refreshSession'] = () => Promise.reject(new Error('away'));
    await refreshSession();
    expect(session.refreshToken).toBe('kept');

    answers['refreshSession'] = {
      session: null,
      errors: [{ code: 'SESSION_EXPIRED', message: 'Sign in again.', path: [] }],
    };
    await refreshSession();
    expect(session.refreshToken).toBeUndefined();
  });

  it('gets a new access token before it asks with an old one', async () => {
    useSessionStore().start(sessionOf('ada', '2020-01-01T00:00:00.000Z') as never); // roles are plain strings here
    answers['refreshSession'] = { session: { ...sessionOf('ada'), accessToken: 'fresh' }, errors: [] };
    answers['viewer'] = { ...sessionOf('ada').user, createdAt: '2026-01-01T00:00:00.000Z', addresses: [] };
    const { viewer } = shop.run(useAddressBook);
    await expect.poll(() => viewer.value?.name).toBe('ada');
    expect(shop.operations()).toEqual(['RefreshSession', 'Profile']);
    expect(shop.arrived[1]?.headers.get('authorization')).toBe('Bearer fresh');
  });

  it('ends with signing out, here and at the server', async () => {
    useSessionStore().start(sessionOf('ada') as never); // as above
    answers['logout'] = { loggedOut: true, errors: [] };
    const { logout, user } = shop.run(useSession);
    await logout();
    expect(user.value).toBeUndefined();
    expect(shop.arrived.at(-1)?.variables).toEqual({ input: { refreshToken: 'refresh-of-ada' } });
  });

  it('ends here when another tab signs out', async () => {
    const session = useSessionStore();
    session.start(sessionOf('ada') as never); // as above
    shop.run(useRestoredSession);
    await nextTick();
    localStorage.removeItem('souk.refresh-token');
    const said = { key: 'souk.refresh-token', newValue: null, storageArea: localStorage };
    dispatchEvent(new StorageEvent('storage', said));
    await expect.poll(() => session.user).toBeUndefined();
  });

  it('begins here when another tab signs in', async () => {
    const session = useSessionStore();
    shop.run(useRestoredSession);
    await refreshSession(); // the page's own first look, which finds nobody
    answers['refreshSession'] = { session: sessionOf('ada'), errors: [] };
    localStorage.setItem('souk.refresh-token', 'of-the-other-tab');
    const said = { key: 'souk.refresh-token', newValue: 'of-the-other-tab', storageArea: localStorage };
    dispatchEvent(new StorageEvent('storage', said));
    await expect.poll(() => session.user?.name).toBe('ada');
    expect(shop.arrived[0]?.variables).toEqual({ input: { refreshToken: 'of-the-other-tab' } });
  });
});
