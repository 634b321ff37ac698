import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { MongoClient } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { buildServer } from './__fixtures__/bundle.js';
import { removeTempFolders, tempFolder } from './__fixtures__/temp-folder.js';
import type * as embedded from './index.js';
import { startEmbeddedMongo } from './index.js';

removeTempFolders();

describe('starting', () => {
  it('is refused in production', async () => {
    await expect(startEmbeddedMongo({ production: true })).rejects.toThrow(/development only.*MONGODB_URL/);
    await expect(startEmbeddedMongo({ production: true, thread: true })).rejects.toThrow(/development only/);
  });

  it('is refused on an address others can reach', async () => {
    await expect(startEmbeddedMongo({ production: false, host: '0.0.0.0' })).rejects.toThrow(/loopback/);
  });

  it('says so when the port is taken, and leaves the data folder free', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const dataDir = await tempFolder();
    await expect(startEmbeddedMongo({ production: false, port, dataDir })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    other.close();
    await once(other, 'close');
    const mongo = await startEmbeddedMongo({ production: false, port, dataDir });
    expect(mongo.port).toBe(port);
    await mongo.stop();
  });

  it('in a thread needs the built package', async () => {
    await expect(startEmbeddedMongo({ production: false, thread: true })).rejects.toThrow(/npm run build/);
  });

  it('in a thread works the same when built', async () => {
    const built = await buildServer();
    const folder = await tempFolder();
    const { startEmbeddedMongo: start } = (await import(
      /* @vite-ignore */ pathToFileURL(built.index).href
    )) as Pick<typeof embedded, 'startEmbeddedMongo'>;
    const logged: string[] = [];
    const log = (_fields: object, message: string): void => void logged.push(message);
    const options = {
      production: false,
      thread: true,
      dataDir: path.join(folder, 'data'),
      logger: { info: log, warn: log, error: log },
    };
    const mongo = await start(options);
    await expect(start(options)).rejects.toMatchObject({ name: 'FolderInUse', pid: process.pid });
    const client = new MongoClient(mongo.url);
    await client.db('d').collection('c').insertOne({ a: 1 });
    expect(await client.db('d').collection('c').countDocuments({ a: 1 })).toBe(1);
    await client.close();
    await Promise.all([mongo.stop(), mongo.stop()]);
    expect(logged).toContain('embedded MongoDB server (for development only) is listening');
    const again = await start(options);
    await again.stop();
    await built.remove();
  });
});
