import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  cleanUp,
  makeDataDir,
  makeSeededDataDir,
  type NpmStart,
  npmStart,
  processesOf,
} from './npm-start.js';

let dataDir: string;
beforeEach(async () => {
  dataDir = await makeSeededDataDir();
});
afterEach(() => cleanUp(dataDir));

const CLOSINGS: readonly (readonly [string, (shop: NpmStart) => Promise<void>])[] = [
  [
    'Ctrl-C, which reaches the launcher from the terminal and once more from npm',
    // npm passes on what it hears. A second one to all could find the shop closed already, and would end npm itself.
    async (shop) => shop.signalGroup('SIGINT'),
  ],
  ['SIGTERM to the whole group', async (shop) => shop.signalGroup('SIGTERM')],
  ['a signal to npm alone', async (shop) => void shop.npm.kill('SIGTERM')],
];

// Split, the services get a terminal's signal as well; one to npm alone takes the same way in both modes.
describe.each([
  ['one process', [], CLOSINGS],
  ['one process a service', ['--split'], CLOSINGS.slice(0, 1)],
] as const)('%s', (_mode, args, closings) => {
  test.each(closings)('%s: npm start exits with 0 and leaves no process behind', async (_name, close) => {
    const shop = await npmStart({ dataDir, args });
    await shop.says('The shop is open.');
    expect((await fetch(`${shop.url}/ready`)).status).toBe(200);

    await close(shop);
    expect(await shop.ended).toBe(0);
    expect(shop.output()).toContain('Closed.');
    expect(await processesOf(dataDir)).toEqual([]);
  });

  test('a closed terminal, which ends npm at once: the shop still closes in order', async () => {
    const shop = await npmStart({ dataDir, args });
    await shop.says('The shop is open.');
    shop.signalGroup('SIGHUP');
    expect(await shop.ended).toBe('SIGHUP');
    expect(shop.output()).toContain('Closed.');
    expect(await processesOf(dataDir)).toEqual([]);
  });

  test('a signal during the very first start ends it in order', async () => {
    await cleanUp(dataDir);
    dataDir = await makeDataDir();
    const shop = await npmStart({ dataDir, args });
    await shop.says('✓ PostgreSQL');
    shop.signalGroup('SIGINT');
    expect(await shop.ended).toBe(0);
    expect(shop.output()).not.toContain('The shop is open.');
    expect(await processesOf(dataDir)).toEqual([]);

    const again = await npmStart({ dataDir, args });
    await again.says('The shop is open.');
    expect(again.output().match(/✓ tables and indexes/g)).toHaveLength(1);
    again.signalGroup('SIGTERM');
    expect(await again.ended).toBe(0);
  });
});
