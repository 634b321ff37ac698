import { expect, it } from 'vitest';
import { environmentOverrides, mergeOptions } from './environment-overrides.js';

it('names become paths, values become what they look like', () => {
  expect(
    environmentOverrides({
      GATEWAY__LIMITS__MAX_DEPTH: '12',
      GATEWAY__CORS__ORIGINS: '["https://a.example"]',
      GATEWAY__RATE_LIMIT: 'false',
      GATEWAY__IDENTITY__COOKIE__NAME: 'session',
      GATEWAY__LIMITS__EMPTY: '',
      GATEWAY_ROUTES: '/img/=products',
      PATH: '/bin',
    }),
  ).toEqual({
    limits: { maxDepth: 12 },
    cors: { origins: ['https://a.example'] },
    rateLimit: false,
    identity: { cookie: { name: 'session' } },
  });
});

it('the environment wins, option by option; lists and functions are replaced as a whole', () => {
  const policy = (): boolean => true;
  expect(
    mergeOptions(
      { limits: { maxDepth: 10, maxAliases: 30 }, cors: { origins: ['a'] }, authorization: { policy } },
      { limits: { maxDepth: 12 }, cors: { origins: ['b', 'c'] }, cost: false },
    ),
  ).toEqual({
    limits: { maxDepth: 12, maxAliases: 30 },
    cors: { origins: ['b', 'c'] },
    authorization: { policy },
    cost: false,
  });
});
