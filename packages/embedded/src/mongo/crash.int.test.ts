import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { createInterface } from 'node:readline';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildServer } from './__fixtures__/bundle.js';
import { removeTempFolders, tempFolder } from './__fixtures__/temp-folder.js';
import type { Durability } from './index.js';

interface Item {
  _id: string;
  unique: string;
  version?: number;
}

let built: Awaited<ReturnType<typeof buildServer>>;
const running = new Set<ChildProcess>();
removeTempFolders();
beforeAll(async () => {
  built = await buildServer();
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await built.remove();
});

async function boot(
  dataDir: string,
  durability: Durability,
  compactBytes = 1 << 26,
): Promise<{ child: ChildProcess; client: MongoClient }> {
  const child = spawn(process.execPath, [built.main, dataDir, durability, String(compactBytes)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };
  return {
    child,
    client: new MongoClient(url, { serverSelectionTimeoutMS: 10_000, socketTimeoutMS: 30_000 }),
  };
}

/** Writes as fast as it can until the server is gone, and keeps what was acknowledged. */
async function write(client: MongoClient, writer: number, acked: Map<string, number>): Promise<void> {
  const items = client.db('shop').collection<Item>('items');
  try {
    for (let n = 0; ; n += 1) {
      const ids = Array.from({ length: n % 5 === 0 ? 3 : 1 }, (_, part) => `${writer}-${n}-${part}`);
      await items.insertMany(ids.map((_id) => ({ _id, unique: _id })));
      for (const id of ids) acked.set(id, 0);
      const [first = ''] = ids;
      await items.updateOne({ _id: first }, { $inc: { version: 1 } });
      acked.set(first, 1);
    }
  } catch {
    // the server was killed
  }
}

describe('kill -9', () => {
  it.each<[Durability, string, number]>([
    ['never', 'without syncing', 1 << 26],
    ['always', 'syncing every write', 1 << 26],
    ['never', 'while compacting again and again', 20_000],
  ])(
    '%s: %s, no acknowledged write is lost',
    async (durability, _name, compactBytes) => {
      const dataDir = await tempFolder();
      const acked = new Map<string, number>();
      for (let round = 0; round < 2; round += 1) {
        const { child, client } = await boot(dataDir, durability, compactBytes);
        const items = client.db('shop').collection<Item>('items');
        await items.createIndex({ unique: 1 }, { unique: true });
        const before = acked.size;
        const writers = Array.from({ length: 20 }, (_, writer) => write(client, round * 100 + writer, acked));
        await expect.poll(() => acked.size - before, { timeout: 60_000 }).toBeGreaterThan(300);
        await delay(Math.random() * 100);
        child.kill('SIGKILL');
        await Promise.all(writers);
        await client.close(true);

        const again = await boot(dataDir, durability, compactBytes);
        const found = new Map<string, number>();
        for await (const item of again.client.db('shop').collection<Item>('items').find())
          found.set(item._id, item.version ?? 0);
        const lost = [...acked].filter(([id, version]) => (found.get(id) ?? -1) < version);
        expect(lost).toEqual([]);
        // a batch that was cut off is there as a whole or not at all
        const half = [...found.keys()].filter((id) => {
          const [writer, n, part] = id.split('-');
          return Number(n) % 5 === 0 && part === '0' && !found.has(`${writer}-${n}-2`);
        });
        expect(half).toEqual([]);
        const kept = again.client.db('shop').collection<Item>('items');
        const [some = ''] = acked.keys();
        await expect(kept.insertOne({ _id: 'other', unique: some })).rejects.toMatchObject({ code: 11000 });
        expect((await kept.indexes()).map(({ name }) => name)).toEqual(['_id_', 'unique_1']);
        await again.client.close();
        const exited = once(again.child, 'exit');
        again.child.kill('SIGTERM');
        expect((await exited)[0]).toBe(0);
      }
      expect(await readdir(dataDir)).not.toContain('server.lock');
    },
    300_000,
  );
});
