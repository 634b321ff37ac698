import { expect, test } from 'vitest';
import { z } from 'zod';
import { returnsConfig, returnsEnvironment } from './return-settings.js';

const read = (environment: Record<string, string>) => z.object(returnsConfig).parse(environment);

test('orders may be returned for thirty days, unless the shop says otherwise', () => {
  expect(read({})).toEqual({ SOUK_RETURN_DAYS: 30 });
  expect(read({ SOUK_RETURN_DAYS: '14' })).toEqual({ SOUK_RETURN_DAYS: 14 });
  expect(read(returnsEnvironment({ SOUK_RETURN_DAYS: 0 }))).toEqual({ SOUK_RETURN_DAYS: 0 });
});

test.each(['-1', '1.5', 'a month', '4000'])('%j is refused at the start', (days) => {
  expect(() => read({ SOUK_RETURN_DAYS: days })).toThrow(/whole number of days/);
});
