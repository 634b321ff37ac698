import { expect, it } from 'vitest';
import { readConfig } from './config.js';

const SOUK_INTERNAL_SECRET = 'a secret that has more than 32 characters';

it('needs nothing but the shared secret', () => {
  expect(readConfig({ SOUK_INTERNAL_SECRET })).toEqual({
    HOST: '127.0.0.1',
    PORT: 4101,
    DATABASE_URL: 'postgres://postgres@127.0.0.1:5432',
    SOUK_INTERNAL_SECRET,
    SOUK_ISSUER: 'http://127.0.0.1:4000',
    LOG_LEVEL: 'info',
    OTEL_TRACES_SAMPLER_ARG: 1,
  });
});

it('lists every problem at once, and says what would be right', () => {
  const wrong = { PORT: '-1', DATABASE_URL: 'mysql://db', REDIS_URL: 'localhost', SOUK_ISSUER: 'shop' };
  const read = () => readConfig(wrong);
  expect(read).toThrow(/5 problems/);
  for (const line of [
    'PORT: must be a port number from 0 (any free one) to 65535',
    'DATABASE_URL: must be a URL like postgres://user:password@host:5432',
    'REDIS_URL: must be a URL like redis://host:6379',
    'SOUK_INTERNAL_SECRET: must be set, and have at least 32 characters',
    'SOUK_ISSUER: must be a URL like https://shop.example.com',
  ]) {
    expect(read).toThrow(line);
  }
});
