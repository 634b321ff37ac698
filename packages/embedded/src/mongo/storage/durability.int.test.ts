import { appendFile, copyFile, mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MongoClient, type Document } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { removeTempFolders, tempFolder } from '../__fixtures__/temp-folder.js';
import { FolderInUse, startEmbeddedMongo, type EmbeddedMongo, type EmbeddedMongoOptions } from '../index.js';

removeTempFolders();

async function withServer<T>(
  dataDir: string,
  use: (client: MongoClient, mongo: EmbeddedMongo) => Promise<T>,
  options: Partial<EmbeddedMongoOptions> = {},
): Promise<T> {
  const mongo = await startEmbeddedMongo({ production: false, dataDir, ...options });
  const client = new MongoClient(mongo.url);
  try {
    return await use(client, mongo);
  } finally {
    await client.close();
    await mongo.stop();
  }
}

const all = (client: MongoClient): Promise<Document[]> =>
  client.db('d').collection<Document>('c').find().toArray();
const onlyLog = async (dataDir: string): Promise<string> => {
  const logs = (await readdir(dataDir)).filter((name) => name.startsWith('log-'));
  expect(logs).toHaveLength(1);
  return path.join(dataDir, logs[0] ?? '');
};

describe('a data folder', () => {
  it('keeps documents, indexes, removals and drops over a restart', async () => {
    const dataDir = await tempFolder();
    await withServer(dataDir, async (client) => {
      const db = client.db('d');
      await db.collection('c').insertMany([{ _id: 1, a: 1 }, { _id: 2 }, { _id: 3 }] as never);
      await db
        .collection('c')
        .createIndex({ a: 1 }, { name: 'mine', unique: true, partialFilterExpression: { a: { $gt: 0 } } });
      await db.collection('c').createIndex({ b: 1 });
      await db.collection('c').dropIndex('b_1');
      await db.collection('c').updateOne({ _id: 2 as never }, { $set: { a: 5 } });
      await db.collection('c').deleteOne({ _id: 3 as never });
      await db.collection('gone').insertOne({});
      await db.collection('gone').drop();
      await db.createCollection('empty');
      await client.db('other').collection('x').insertOne({});
      await client.db('other').dropDatabase();
    });
    await withServer(dataDir, async (client) => {
      expect(await all(client)).toEqual([
        { _id: 1, a: 1 },
        { _id: 2, a: 5 },
      ]);
      expect((await client.db('d').collection('c').indexes()).map(({ name }) => name)).toEqual([
        '_id_',
        'mine',
      ]);
      await expect(client.db('d').collection('c').insertOne({ a: 5 })).rejects.toMatchObject({ code: 11000 });
      const names = await client.db('d').listCollections({}, { nameOnly: true }).toArray();
      expect(names.map(({ name }) => name).sort()).toEqual(['c', 'empty']);
      expect((await client.db().admin().listDatabases()).databases.map(({ name }) => name)).toEqual(['d']);
    });
  });

  it('loses nothing complete when its log ends in the middle of a record, wherever that is', async () => {
    const dataDir = await tempFolder();
    await withServer(dataDir, async (client) => {
      for (let n = 0; n < 3; n += 1)
        await client
          .db('d')
          .collection('c')
          .insertOne({ _id: n as never, text: 'x'.repeat(20) });
    });
    const log = await onlyLog(dataDir);
    const { size } = await stat(log);
    const one = Math.floor((size - 40) / 3);
    for (const cut of [1, 4, 9, one - 1]) {
      const copy = await tempFolder();
      await copyFile(log, path.join(copy, path.basename(log)));
      await truncate(path.join(copy, path.basename(log)), size - cut);
      await withServer(copy, async (client) => {
        expect((await all(client)).map(({ _id }) => _id as number)).toEqual([0, 1]);
        await client
          .db('d')
          .collection('c')
          .insertOne({ _id: 9 as never });
      });
      await withServer(copy, async (client) => {
        expect((await all(client)).map(({ _id }) => _id as number)).toEqual([0, 1, 9]);
      });
    }
  });

  it('takes zeros at the end for a torn write, and damage in the middle for damage', async () => {
    const dataDir = await tempFolder();
    await withServer(dataDir, async (client) => {
      for (let n = 0; n < 3; n += 1)
        await client
          .db('d')
          .collection('c')
          .insertOne({ _id: n as never });
    });
    const log = await onlyLog(dataDir);
    await appendFile(log, Buffer.alloc(4096));
    await withServer(dataDir, async (client) => expect(await all(client)).toHaveLength(3));
    const bytes = await readFile(log);
    bytes[30] = (bytes[30] ?? 0) ^ 0xff;
    await writeFile(log, bytes);
    await expect(startEmbeddedMongo({ production: false, dataDir })).rejects.toThrow(
      /damaged at byte 0.*backup/,
    );
    expect(await readFile(log)).toEqual(bytes);
  });

  it('stays small through compaction, and keeps everything', async () => {
    const dataDir = await tempFolder();
    const compactBytes = 50_000;
    await withServer(
      dataDir,
      async (client) => {
        const collection = client.db('d').collection('c');
        await collection.createIndex({ n: 1 });
        await collection.insertMany(Array.from({ length: 50 }, (_, n) => ({ _id: n as never, n })));
        for (let round = 0; round < 40; round += 1) {
          await collection.updateMany({}, { $set: { round, text: 'x'.repeat(50) } });
        }
        await collection.deleteOne({ n: 49 });
      },
      { compactBytes },
    );
    const names = await readdir(dataDir);
    expect(names.some((name) => name.startsWith('snapshot-'))).toBe(true);
    const sizes = await Promise.all(names.map(async (name) => (await stat(path.join(dataDir, name))).size));
    expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThan(4 * compactBytes);
    await withServer(dataDir, async (client) => {
      const found = await all(client);
      expect(found).toHaveLength(49);
      expect(found.every(({ round }) => round === 39)).toBe(true);
      expect(await client.db('d').collection('c').indexes()).toHaveLength(2);
    });
  });

  it('starts from the files of a compaction that was cut short', async () => {
    const dataDir = await tempFolder();
    await withServer(dataDir, async (client) =>
      client
        .db('d')
        .collection('c')
        .insertOne({ _id: 1 as never }),
    );
    await writeFile(path.join(dataDir, 'log-00000002.bson'), '');
    await writeFile(path.join(dataDir, 'snapshot-00000002.bson.tmp'), 'half a snaps');
    await withServer(dataDir, async (client) => {
      expect(await all(client)).toHaveLength(1);
      await client
        .db('d')
        .collection('c')
        .insertOne({ _id: 2 as never });
    });
    await withServer(dataDir, async (client) => expect(await all(client)).toHaveLength(2));
    expect(await readdir(dataDir)).not.toContain('snapshot-00000002.bson.tmp');
  });

  it('belongs to one server at a time', async () => {
    const dataDir = await tempFolder();
    await withServer(dataDir, async () => {
      const second = startEmbeddedMongo({ production: false, dataDir });
      await expect(second).rejects.toThrow(FolderInUse);
      await expect(startEmbeddedMongo({ production: false, dataDir })).rejects.toThrow(
        `in use by process ${process.pid}`,
      );
    });
    await withServer(dataDir, async (client) => expect(await all(client)).toEqual([]));
  });

  it('is taken over from a process that is gone, also when its number is used again', async () => {
    const dataDir = await tempFolder();
    await mkdir(dataDir, { recursive: true });
    for (const left of [{ pid: 4_000_000 }, { pid: process.pid, started: '1' }, 'not JSON', '']) {
      await writeFile(
        path.join(dataDir, 'server.lock'),
        typeof left === 'string' ? left : JSON.stringify(left),
      );
      await withServer(dataDir, async (client) => expect(await all(client)).toEqual([]));
    }
  });

  it('is needed by nobody who keeps everything in memory', async () => {
    const first = await startEmbeddedMongo({ production: false });
    const second = await startEmbeddedMongo({ production: false });
    expect(first.port).not.toBe(second.port);
    await Promise.all([first.stop(), second.stop(), first.stop()]);
  });
});
