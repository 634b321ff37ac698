import { hash, parseOptions } from '@node-rs/argon2';
import { expect, it } from 'vitest';
import { createPasswords } from './passwords.js';

const passwords = createPasswords({ concurrency: 2 });

it('hashes with Argon2id and the documented parameters, each time with another salt', async () => {
  const [one, two] = await Promise.all([passwords.hash('correct horse'), passwords.hash('correct horse')]);
  expect(one).not.toBe(two);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(parseOptions(one)).toMatchObject({ saltLen: 16, outputLen: 32 });
});

it('knows the right password, in whatever form the keyboard composes it', async () => {
  const stored = await passwords.hash('cafe\u0301 ﬁne');
  expect(await passwords.verify('caf\u00e9 fine', stored)).toBe(true);
  expect(await passwords.verify('cafe fine', stored)).toBe(false);
});

it('still checks hashes made with other parameters', async () => {
  const older = await hash('correct horse', { memoryCost: 8192, timeCost: 3, parallelism: 1 });
  expect(await passwords.verify('correct horse', older)).toBe(true);
});

it('lets nobody into an account without a password, and leaves out the check when told to', async () => {
  expect(await passwords.verify('', undefined)).toBe(false);
  expect(await passwords.verify('correct horse', undefined, async () => false)).toBe('skipped');
});
