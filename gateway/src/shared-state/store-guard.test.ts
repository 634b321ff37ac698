import { until } from '@souk/testkit/waiting';
import { expect, it } from 'vitest';
import { silent } from '../__fixtures__/tiny-shop.js';
import { guardStore } from './store-guard.js';

const never = () => new Promise<string>(() => {});

it('hands answers and failures on', async () => {
  const guard = guardStore({ purpose: 'a test', logger: silent });
  expect(await guard.ask(async () => 'yes')).toBe('yes');
  expect(await guard.ask(() => 'at once')).toBe('at once');
  await expect(guard.ask(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
});

it('waits for no store that is away, and finds out when it is back', async () => {
  const guard = guardStore({ purpose: 'a test', logger: silent, timeoutMs: 5, pauseMs: 50 });
  for (let n = 0; n < 3; n += 1) await expect(guard.ask(never)).rejects.toThrow('longer than 5 ms');
  let asked = 0;
  const ask = () => guard.ask(() => ((asked += 1), 'yes')).catch(() => 'no');
  expect([await ask(), asked]).toEqual(['no', 0]);
  let answer = 'no';
  await until(() => {
    void ask().then((next) => (answer = next));
    return answer === 'yes';
  });
  expect(await ask()).toBe('yes');
});

it('one failure among many successes closes nothing', async () => {
  const guard = guardStore({ purpose: 'a test', logger: silent });
  for (let n = 0; n < 10; n += 1) await guard.ask(() => n);
  await expect(guard.ask(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await guard.ask(() => 'yes')).toBe('yes');
});
