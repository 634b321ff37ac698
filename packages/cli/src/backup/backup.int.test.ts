import { getEventListeners } from 'node:events';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type BlobStore, connectS3Blobs, createFolderBlobs } from '@souk/kit/blobs';
import { startS3 } from '@souk/testkit/s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Place, openPlace, quietSteps as steps } from './__fixtures__/place.js';
import { prepareShop, run, sell } from './__fixtures__/selling-shop.js';
import { createBackup } from './create-backup.js';
import type { StoredService } from './databases.js';
import { findBackup, listBackups } from './find-backup.js';
import { restoreBackup } from './restore-backup.js';

let here: Place;
let there: Place;
let root: string;
beforeAll(async () => {
  [here, there] = await Promise.all([openPlace(), openPlace()]);
  root = await mkdtemp(path.join(os.tmpdir(), 'souk-backups-'));
});
afterAll(async () => {
  await Promise.all([here.stop(), there.stop()]);
  await rm(root, { recursive: true, force: true });
});

let serial = 0;
/** A store and two services that no other test has: one that sells and one that counts. */
async function newShop() {
  serial += 1;
  const shop: StoredService = { name: `shop${serial}`, database: 'postgres' };
  const stock: StoredService = { name: `stock${serial}`, database: 'mongo' };
  await prepareShop(here, shop.name, stock.name);
  const folder = path.join(root, String(serial));
  return { shop, stock, services: [shop, stock], folder, store: createFolderBlobs({ folder }) };
}

let minute = 0;
const clock = (): Date => new Date(Date.UTC(2026, 0, 1, 0, (minute += 1)));
const back = (store: BlobStore, services: readonly StoredService[], place = here) =>
  createBackup({ store, services, servers: place.servers, secret: 'abc', steps, clock });
const restore = (
  store: BlobStore,
  services: readonly StoredService[],
  more: { backup?: string; only?: string; force?: boolean } = {},
) => restoreBackup({ store, services, servers: there.servers, steps, clock, ...more });

/** What a backup holds, without where and when: equal for places with equal data. */
async function contentsOf(store: BlobStore, name: string) {
  const { manifest } = await findBackup(store, name);
  return manifest.databases.map(({ service, marks, schema, parts }) => ({
    service,
    marks,
    schema: schema.sha256,
    parts: parts.map((part) => ({ name: part.name, rows: part.rows, sha256: part.sha256 })),
  }));
}

test('a backup to S3, restored into a new place, is what was backed up, byte for byte', async () => {
  const { services, shop } = await newShop();
  for (let n = 0; n < 20; n += 1) await sell(here, shop.name, `sale ${n}`);
  const s3 = await startS3();
  const store = await connectS3Blobs(s3);
  const name = await back(store, services);
  const { repairs } = await restore(store, services);
  expect(repairs).toEqual([]);
  const again = await back(store, services, there);
  expect(await contentsOf(store, again)).toEqual(await contentsOf(store, name));
  expect((await listBackups(store)).map((one) => [one.name, one.isComplete])).toEqual([
    [name, true],
    [again, true],
  ]);
  await store.close();
  await s3.stop();
});

test('a shop that is backed up while it sells goes on from there: no effect without its cause, nothing lost', async () => {
  const { services, shop, stock, store } = await newShop();
  const shopHere = await run(here, shop.name, stock.name);
  let stop = false;
  let sold = 0;
  const selling = (async () => {
    for (; !stop; sold += 1) await sell(here, shop.name, `sale ${sold}`);
  })();
  await expect.poll(() => shopHere.counted()).toBeGreaterThan(20);
  const name = await back(store, services);
  const counted = await shopHere.counted();
  await expect.poll(() => shopHere.counted()).toBeGreaterThan(counted);
  stop = true;
  await selling;
  await shopHere.stop();

  const { repairs } = await restore(store, services, { backup: name });
  expect(repairs).toEqual([]);
  const pool = await there.pool(shop.name);
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM sales');
  const known = new Set(rows.map(({ id }) => id));
  expect(known.size).toBeGreaterThan(20);
  const lamp = await there
    .collections(stock.name)
    .collection<{ _id: string; seen: string[] }>('items')
    .findOne({ _id: 'lamp' });
  expect(lamp?.seen.filter((id) => !known.has(id))).toEqual([]);

  const shopThere = await run(there, shop.name, stock.name);
  await expect.poll(() => shopThere.counted()).toBe(known.size);
  await sell(there, shop.name, 'after');
  await expect.poll(() => shopThere.counted()).toBe(known.size + 1);
  await shopThere.stop();
});

test.each(['postgres', 'mongo'] as const)(
  'an owner (%s) restored older than what others have read loses none of its next events',
  async (kind) => {
    const { services, shop, stock, store } = await newShop();
    const shopHere = await run(here, shop.name, stock.name);
    const sales = async (place: Place, running: typeof shopHere, from: number, to: number) => {
      for (let n = from; n < to; n += 1) await sell(place, shop.name, `sale ${n}`);
      await expect.poll(() => running.counted()).toBe(to);
    };
    await sales(here, shopHere, 0, 5);
    const older = await back(store, services);
    await sales(here, shopHere, 5, 12);
    const newer = await back(store, services);
    await shopHere.stop();

    const owner = kind === 'postgres' ? shop.name : stock.name;
    await restore(store, services, { backup: newer });
    const { repairs } = await restore(store, services, { backup: older, only: owner, force: true });
    expect(repairs).toMatchObject([
      { owner, position: 12, consumers: [kind === 'postgres' ? stock.name : shop.name] },
    ]);
    expect(repairs[0]?.head).toBeLessThan(12);

    const shopThere = await run(there, shop.name, stock.name);
    const before = await shopThere.counted();
    for (let n = 0; n < 9; n += 1) await sell(there, shop.name, `later ${n}`);
    await expect.poll(() => shopThere.counted()).toBe(before + 9);
    await shopThere.stop();
    await there.closePools();
    const again = await restoreBackup({
      store,
      services,
      servers: there.servers,
      steps,
      clock,
      backup: newer,
      force: true,
    });
    expect(again.repairs).toEqual([]);
  },
);

test('a backup that was cut off is not restored', async () => {
  const { services, store } = await newShop();
  const broken: BlobStore = {
    ...store,
    put: (key, body, options) =>
      key.endsWith('manifest.json')
        ? Promise.reject(new Error('the disk is full'))
        : store.put(key, body, options),
  };
  await expect(back(broken, services)).rejects.toThrow('the disk is full');
  await expect(restore(store, services)).rejects.toThrow(
    'There is no complete backup here. "souk backups" lists',
  );
  const [cut] = await listBackups(store);
  expect(cut).toMatchObject({ isComplete: false });
  await expect(restore(store, services, { backup: cut?.name ?? '' })).rejects.toThrow(
    `The backup ${cut?.name} is incomplete: it was cut off before its end. Use another one.`,
  );
  await expect(restore(store, services, { backup: 'never-was' })).rejects.toThrow(
    'There is no backup never-was here.',
  );
  const whole = await back(store, services);
  await expect(restore(store, services)).resolves.toMatchObject({ name: whole });
});

test('a store that fails in the middle of a large table ends the backup, and its connections', async () => {
  const { services, shop, store } = await newShop();
  const pool = await here.pool(shop.name);
  // More than the buffers between the server and the store hold, and nothing that compresses well.
  await pool.query('CREATE TABLE large AS SELECT md5(n::text) AS text FROM generate_series(1, 200000) AS n');
  const full: BlobStore = {
    ...store,
    put: async (key, body, options) => {
      if (!key.endsWith('.copy.gz')) return store.put(key, body, options);
      let chunks = 0;
      for await (const _chunk of Readable.from(body)) {
        chunks += 1;
        if (chunks > 1) throw new Error('the disk is full');
      }
      return 0;
    },
  };
  await expect(back(full, services)).rejects.toThrow('the disk is full');
  await expect
    .poll(async () => {
      const { rows } = await pool.query<{ query: string }>(
        "SELECT query FROM pg_stat_activity WHERE application_name = 'souk backup'",
      );
      return rows;
    })
    .toEqual([]);
});

test('a backup that is given up in the middle lets go of what it holds', async () => {
  const { services, stock, store } = await newShop();
  const givingUp = new AbortController();
  const watched: BlobStore = {
    ...store,
    put: (key, body, options) => {
      // The first part: MongoDB's writers are waiting by now.
      givingUp.abort(new Error('given up'));
      return store.put(key, body, options);
    },
  };
  const { signal } = givingUp;
  const all = { services, servers: here.servers, secret: 'abc', steps, clock, signal };
  const name = await createBackup({ ...all, store });
  expect(getEventListeners(signal, 'abort')).toEqual([]);
  await expect(createBackup({ ...all, store: watched })).rejects.toThrow('given up');
  await here.collections(stock.name).collection('items').insertOne({ name: 'written again' });
  expect((await listBackups(store)).map((one) => one.name)).toEqual([name]);
});

test('a damaged or missing part is found before anything is touched', async () => {
  const { services, shop, stock, store, folder } = await newShop();
  await sell(here, shop.name, 'one');
  const name = await back(store, services);
  const files = path.join(folder, 'backups', name, shop.name);
  const last =
    (await readdir(files))
      .filter((file) => file.includes('.copy'))
      .sort()
      .at(-1) ?? '';
  const bytes = await readFile(path.join(files, last));
  const flipped = Buffer.from(bytes);
  flipped.writeUInt8(bytes.readUInt8(140) ^ 1, 140);
  await writeFile(path.join(files, last), flipped);
  await expect(restore(store, services)).rejects.toThrow(
    /is damaged: its checksum is another\. Nothing was changed/,
  );
  await writeFile(path.join(files, last), bytes.subarray(0, -1));
  await expect(restore(store, services)).rejects.toThrow('is damaged');
  await rm(path.join(files, last));
  await expect(restore(store, services)).rejects.toThrow('is missing. Use another backup.');
  const { rows } = await (
    await there.pool('postgres')
  ).query('SELECT FROM pg_database WHERE datname = $1', [`souk_${shop.name}`]);
  expect(rows).toEqual([]);
  expect(await there.collections(stock.name).listCollections().toArray()).toEqual([]);

  const manifest = await store.get(`backups/${name}/manifest.json`);
  const text = (await buffer(manifest?.body ?? Readable.from([])))
    .toString()
    .replace('"format": 1', '"format": 2');
  await store.put(`backups/${name}/manifest.json`, Buffer.from(text));
  await expect(restore(store, services)).rejects.toThrow('damaged, or of another version of souk');
});

test('data that is there is not overwritten unless told to', async () => {
  const { services, shop, stock, store } = await newShop();
  await sell(here, shop.name, 'kept');
  const name = await back(store, services);
  await there.collections(stock.name).collection<{ _id: string }>('items').insertOne({ _id: 'mine' });
  await expect(restore(store, services)).rejects.toThrow(
    `There is data already: the databases of ${stock.name} are not empty. Nothing was changed.`,
  );
  expect(await there.collections(stock.name).collection('items').countDocuments()).toBe(1);
  await restore(store, services, { force: true });
  const again = await back(store, services, there);
  expect(await contentsOf(store, again)).toEqual(await contentsOf(store, name));
  // A second time, over itself.
  await (await there.pool(shop.name)).query('DELETE FROM sales');
  await expect(restore(store, services, { backup: name, force: true })).rejects.toThrow(
    'is in use. Stop the shop',
  );
});

test('services that the backup or this version does not know are told', async () => {
  const { services, shop, store } = await newShop();
  await back(store, services);
  await expect(restore(store, services, { only: 'elsewhere' })).rejects.toThrow(
    'The backup has no database of "elsewhere".',
  );
  await expect(restore(store, [shop])).rejects.toThrow('which this version of souk does not know');
  await expect(back(store, [{ name: 'nowhere', database: 'postgres' }])).rejects.toThrow(
    'There is no database to back up.',
  );
});
