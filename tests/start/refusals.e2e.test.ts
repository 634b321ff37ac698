import { readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { freePort } from '@souk/embedded/ports';
import { copySeeded } from '../support/seeded-shop.js';
import { cleanUp, makeDataDir, npmStart, processesOf } from './npm-start.js';

let dataDir: string;
beforeEach(async () => {
  dataDir = await makeDataDir();
});
afterEach(() => cleanUp(dataDir));

/** The line after which npm adds its own words. */
async function refusal(env: Readonly<Record<string, string>>): Promise<string> {
  const shop = await npmStart({ dataDir, env });
  expect(await shop.ended).toBe(1);
  expect(await processesOf(dataDir)).toEqual([]);
  expect(shop.output()).not.toMatch(/^ +at /m);
  return shop.output();
}

test('a taken port is told in one line, before any database is started', async () => {
  const port = await freePort();
  const other = createServer().listen(port, '127.0.0.1');
  const said = await refusal({ PORT: String(port) });
  other.close();
  expect(said).toContain(
    `Port ${port} on 127.0.0.1 is taken. Stop what uses it, or set PORT to another one.\n`,
  );
  expect(await readdir(dataDir)).toEqual([]);
});

test('a data folder that cannot be written is told in one line', async () => {
  await writeFile(path.join(dataDir, 'file'), '');
  const said = await refusal({ SOUK_DATA_DIR: path.join(dataDir, 'file/below') });
  expect(said).toMatch(
    /The data folder .*file\/below cannot be written \(ENOTDIR\)\. Make it writable, or set/,
  );
});

test('every wrong variable is named, with what it should be', async () => {
  const said = await refusal({ SOUK_PRODUCTS: 'many', DATABASE_URL: 'mysql://127.0.0.1', LOG_LEVEL: 'loud' });
  expect(said).toContain('The configuration has 3 problems:');
  expect(said).toContain('  - SOUK_PRODUCTS: must be a whole number from 1 to 1000000');
  expect(said).toContain('  - DATABASE_URL: must be a URL like postgres://');
  expect(said).toContain('  - LOG_LEVEL: must be debug, info, warn, error or silent');
  expect(await readdir(dataDir)).toEqual([]);
});

test.each([
  ['DATABASE_URL', 'postgres://souk:hunter2@127.0.0.1', 'PostgreSQL'],
  ['MONGODB_URL', 'mongodb://souk:hunter2@127.0.0.1', 'MongoDB'],
  ['REDIS_URL', 'redis://souk:hunter2@127.0.0.1', 'Redis'],
])(
  '%s without a server behind it is told without its password, and nothing is started',
  async (name, url, kind) => {
    const port = await freePort();
    const said = await refusal({ [name]: `${url}:${port}` });
    expect(said).toMatch(
      new RegExp(`${name}: no ${kind} server lets us in at 127.0.0.1:${port} \\(.*\\)\\. Start it or`),
    );
    expect(said).not.toContain('hunter2');
    expect(await readdir(dataDir)).toEqual([]);
  },
);

describe('a data folder in use', () => {
  beforeEach(() => copySeeded(inject('seededDataDir'), dataDir));

  test('is told with its holder, after a wait', async () => {
    const first = await npmStart({ dataDir });
    await first.says('The shop is open.');
    const second = await npmStart({ dataDir });
    expect(await second.ended).toBe(1);
    const holder = `process ${await first.launcherPid()} (since 20`;
    expect(second.output()).toContain(`The data folder ${dataDir} is in use by ${holder}`);
    expect(second.output()).toContain(`, ${first.url}). Stop it, or set SOUK_DATA_DIR to another folder.`);
    expect((await fetch(`${first.url}/ready`)).status).toBe(200);
    first.signalGroup('SIGTERM');
    expect(await first.ended).toBe(0);
  });

  test('is waited for while the other shop is closing', async () => {
    const first = await npmStart({ dataDir });
    await first.says('The shop is open.');
    const second = await npmStart({ dataDir });
    await second.says('waiting for the data folder');
    first.signalGroup('SIGTERM');
    expect(await first.ended).toBe(0);
    await second.says('The shop is open.');
    second.signalGroup('SIGTERM');
    expect(await second.ended).toBe(0);
  });
});
