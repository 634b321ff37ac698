import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { renderEnvExample } from './env-example.js';
import { readConfig } from './load.js';

test('an empty environment gives the defaults', () => {
  expect(readConfig({}, '/nowhere')).toEqual({
    PORT: 4000,
    HOST: '127.0.0.1',
    SOUK_DATA_DIR: '.souk',
    SOUK_PRODUCTS: 500,
    SOUK_SEED: 1,
    PAYMENT_PROVIDER: 'sandbox',
    PAYMENT_PROVIDER_URL: 'https://api.stripe.com',
    SOUK_CARRIER_SPEED: 1,
    SOUK_CARRIER_NAME: 'Carrier',
    SOUK_RETURN_DAYS: 30,
    SOUK_DRILLS: true,
    LOG_LEVEL: 'warn',
    S3_REGION: 'us-east-1',
    SOUK_BACKUP_DIR: 'souk-backups',
    OTEL_TRACES_SAMPLER_ARG: 1,
    production: false,
    searchPath: undefined,
  });
});

test('every problem is listed, each with what to write instead', () => {
  const wrong = {
    PORT: 'http',
    SOUK_PRODUCTS: '-1',
    DATABASE_URL: 'localhost:5432',
    MONGODB_URL: 'http://localhost',
    SOUK_INTERNAL_SECRET: 'short',
    LOG_LEVEL: 'loud',
  };
  expect(() => readConfig(wrong, '/nowhere')).toThrow(
    [
      'The configuration has 6 problems:',
      '  - PORT: must be a port number from 0 (any free one) to 65535, for example 4000',
      '  - SOUK_PRODUCTS: must be a whole number from 1 to 1000000, for example 500',
      '  - SOUK_INTERNAL_SECRET: must have at least 32 characters',
      '  - DATABASE_URL: must be a URL like postgres://user:password@127.0.0.1:5432',
      '  - MONGODB_URL: must be a URL like mongodb://127.0.0.1:27017',
      '  - LOG_LEVEL: must be debug, info, warn, error or silent',
    ].join('\n'),
  );
});

test('the file fills in what the environment leaves out', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'souk-config-'));
  const file = path.join(folder, '.env');
  writeFileSync(file, 'PORT=5000\nHOST=0.0.0.0\n');
  expect(readConfig({ PORT: '6000' }, file)).toMatchObject({ PORT: 6000, HOST: '0.0.0.0' });
  rmSync(folder, { recursive: true });
});

test('.env.example is what the schema says; run "npm run env-example" after a change', () => {
  const file = path.join(import.meta.dirname, '../../../../.env.example');
  expect(readFileSync(file, 'utf8')).toBe(renderEnvExample());
});
