import { execFile } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { createFolderBlobs } from '@souk/kit/blobs';
import { afterEach, expect, inject, it } from 'vitest';
import { fillCart, placeOrderFinally, signIn, someVariants } from '../support/people.js';
import { copySeeded } from '../support/seeded-shop.js';
import { startShop, temporaryFolder } from '../support/shop.js';

const run = promisify(execFile);
const SOUK = path.join(import.meta.dirname, '../../packages/cli/dist/main.js');
const ORDER = 'query ($id: ID!, $token: String) { order(id: $id, accessToken: $token) { number status } }';

const stop: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of stop.splice(0).reverse()) await end();
});

/** Runs the `souk` command on a data folder; everything else is as it comes. */
async function souk(dataDir: string, ...words: string[]): Promise<string> {
  const env = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    SOUK_DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
  };
  const { stdout } = await run(process.execPath, [SOUK, ...words], { env, cwd: dataDir });
  return stdout;
}

/** The part of a manifest that is compared. */
interface Manifest {
  readonly databases: readonly {
    readonly service: string;
    readonly marks: unknown;
    readonly parts: readonly { readonly name: string; readonly rows: number; readonly sha256: string }[];
  }[];
}

async function contentsOf(folder: string, backup: string) {
  const blob = await createFolderBlobs({ folder }).get(`backups/${backup}/manifest.json`);
  const { databases } = (await json(blob?.body ?? Readable.from([]))) as Manifest;
  return databases.map(({ service, marks, parts }) => ({
    service,
    marks,
    parts: parts.map(({ name, rows, sha256 }) => `${name} ${rows} ${sha256}`),
  }));
}

const nameIn = (output: string): string => /Backed up as (\S+) in/.exec(output)?.[1] ?? output;

it('a shop is backed up while people buy, and opens again elsewhere with all they bought', async () => {
  const { folder, remove } = await temporaryFolder();
  stop.push(remove);
  const [old, fresh, backups] = ['old', 'fresh', 'backups'].map((name) => path.join(folder, name));
  if (!old || !fresh || !backups) throw new Error('three names, three paths');
  await mkdir(fresh);

  await copySeeded(inject('seededDataDir'), old);
  const first = await startShop({ dataDir: old });
  stop.push(() => first.stop());
  const [variantId = '', ...others] = await someVariants(first, 6);
  const acknowledged: { id: string; number: string; accessToken: string | null }[] = [];
  const buy = async (variant: string): Promise<void> => {
    const { order } = await placeOrderFinally(first, await fillCart(first, variant));
    if (order?.status !== 'FAILED' && order) acknowledged.push(order);
  };
  for (let n = 0; n < 5; n += 1) await buy(variantId);
  const before = [...acknowledged];
  let buying = true;
  const buyers = Promise.allSettled(
    others.map(async (variant) => {
      while (buying) await buy(variant);
    }),
  );
  const backedUp = await souk(old, 'backup', '--to', backups).finally(() => (buying = false));
  const name = nameIn(backedUp);
  expect((await buyers).filter(({ status }) => status === 'rejected')).toEqual([]);
  await first.stop();

  await copyFile(path.join(old, 'internal-secret'), path.join(fresh, 'internal-secret'));
  const restored = await souk(fresh, 'restore', '--from', backups);
  expect(restored).toContain(`Restored ${name} from ${backups}.`);
  expect(restored).not.toContain('another secret');
  const again = nameIn(await souk(fresh, 'backup', '--to', backups));
  expect(await contentsOf(backups, again)).toEqual(await contentsOf(backups, name));
  expect((await souk(fresh, 'backups', '--from', backups)).trim().split('\n')).toHaveLength(2);

  const second = await startShop({ dataDir: fresh });
  stop.push(() => second.stop());
  const missing: string[] = [];
  for (const { id, number, accessToken } of before) {
    const { data } = await second.ask<{ order: { number: string; status: string } | null }>(ORDER, {
      id,
      token: accessToken,
    });
    if (data.order?.number !== number || data.order.status === 'FAILED') missing.push(number);
  }
  expect(missing).toEqual([]);
  await signIn(second, 'staff@souk.test');
  // What was half done at the moment of the backup goes on, and new orders get through.
  const { order } = await placeOrderFinally(second, await fillCart(second, variantId));
  expect(['PLACED', 'PAID']).toContain(order?.status);
  await expect(souk(fresh, 'restore', '--from', backups)).rejects.toMatchObject({
    stderr: expect.stringContaining('is in use by process') as string,
  });
  expect(await second.stop()).toBe(0);
  await expect(souk(fresh, 'restore', '--from', backups)).rejects.toMatchObject({
    stderr: expect.stringMatching(/^There is data already: .* Nothing was changed\./) as string,
  });
}, 420_000);
