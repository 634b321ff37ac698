import { afterEach, beforeEach, expect, it } from 'vitest';
import { openUsersShop } from './__fixtures__/users-shop.js';

let shop: Awaited<ReturnType<typeof openUsersShop>>;
beforeEach(async () => {
  shop = await openUsersShop();
  // The middle of a window, so that none ends by chance.
  shop.clock.now = Math.ceil(shop.clock.now / QUARTER) * QUARTER + 5 * 60_000;
});
afterEach(() => shop.close());

const QUARTER = 15 * 60_000;
/** Fifty at once, until all are done: a crowd, and not a test of how long a line may get. */
async function times<T>(count: number, work: (n: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  while (results.length < count) {
    const size = Math.min(50, count - results.length);
    const from = results.length;
    results.push(...(await Promise.all(Array.from({ length: size }, (_, n) => work(from + n)))));
  }
  return results;
}
const codeOf = ({ errors }: { errors: { code: string }[] }): string => errors[0]?.code ?? 'welcome';

it('stops guessing at one account, from wherever, and says until when', async () => {
  const { user, password } = await shop.newcomer();
  const guess = (n: number) =>
    shop.login({ email: user.email, password: `guess-${n}-xx` }, { clientAddress: `192.0.2.${n}` });
  for (let n = 0; n < 10; n += 1) expect(codeOf(await guess(n))).toBe('INVALID_CREDENTIALS');

  const { session, errors } = await shop.login({ email: user.email, password });
  const retryAt = new Date(Math.ceil(shop.clock.now / QUARTER) * QUARTER).toISOString();
  expect(session).toBeNull();
  expect(errors).toEqual([
    {
      code: 'THROTTLED',
      message: `Too many failed attempts. Try again in 10 minutes, at ${retryAt.slice(11, 19)} UTC.`,
      path: [],
      retryAt,
    },
  ]);
  shop.clock.advance(10 * 60_000);
  expect(codeOf(await shop.login({ email: user.email, password }))).toBe('welcome');
});

it('counts those who come at once like those who come one by one', async () => {
  const { user } = await shop.newcomer();
  const answers = await times(40, (n) => shop.login({ email: user.email, password: `guess-${n}-xx` }));
  const tried = answers.filter((answer) => codeOf(answer) === 'INVALID_CREDENTIALS');
  // At most those whose password was being hashed when the tenth failed get through on top.
  expect(tried.length).toBeGreaterThanOrEqual(10);
  expect(tried.length).toBeLessThanOrEqual(13);
});

it('treats an unknown account the same', async () => {
  const guess = () => shop.login({ email: 'nobody@shop.test', password: 'whatever it is' });
  for (let n = 0; n < 10; n += 1) expect(codeOf(await guess())).toBe('INVALID_CREDENTIALS');
  expect(codeOf(await guess())).toBe('THROTTLED');
});

it('forgets the failures of an account that signs in', async () => {
  const { user, password } = await shop.newcomer();
  for (let round = 0; round < 3; round += 1) {
    for (let n = 0; n < 9; n += 1) await shop.login({ email: user.email, password: 'wrong horse' });
    expect(codeOf(await shop.login({ email: user.email, password }))).toBe('welcome');
  }
});

it('never counts a success: three hundred registrations from one address, and logins after them', async () => {
  const answers = await times(300, (n) =>
    shop.register({ email: `p-${n}@shop.test`, password: 'correct horse', name: 'P' }),
  );
  expect(answers.filter((answer) => codeOf(answer) !== 'welcome')).toEqual([]);
  const logins = await times(60, () => shop.login({ email: 'p-0@shop.test', password: 'correct horse' }));
  expect(logins.filter((answer) => codeOf(answer) !== 'welcome')).toEqual([]);
}, 240_000);

it('stops an address that has failed five hundred times, and no other address', async () => {
  const { user, password } = await shop.newcomer();
  const taken = { email: user.email, password, name: 'Again' };
  await times(500, () => shop.register(taken));
  expect(codeOf(await shop.register(taken))).toBe('THROTTLED');
  expect(codeOf(await shop.login({ email: user.email, password }))).toBe('THROTTLED');
  const elsewhere = { clientAddress: '198.51.100.7' };
  expect(codeOf(await shop.login({ email: user.email, password }, elsewhere))).toBe('welcome');
}, 240_000);

it('lets people in while the counters are away, and says so in the log', async () => {
  const { user, password } = await shop.newcomer();
  const away = async (): Promise<never> => {
    throw new Error('kv is away');
  };
  Object.assign(shop.deps.kv, { get: away, increment: away, delete: away });
  expect(codeOf(await shop.login({ email: user.email, password }))).toBe('welcome');
  expect(codeOf(await shop.login({ email: user.email, password: 'wrong horse' }))).toBe(
    'INVALID_CREDENTIALS',
  );
  expect(shop.logLines.join('')).toContain('attempts pass uncounted');
});
