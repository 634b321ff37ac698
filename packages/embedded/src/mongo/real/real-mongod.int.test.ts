import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findMongod } from './find-mongod.js';
import { startRealMongod } from './start-real-mongod.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'souk-mongod-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A program that writes down how it was called, listens where it was told to, and ends on SIGTERM. */
async function fakeMongod(
  body = "require('node:net').createServer().listen(Number(at('--port')), at('--bind_ip'));",
): Promise<string> {
  const bin = path.join(folder, 'bin');
  await mkdir(bin);
  const file = path.join(bin, 'mongod');
  const record = `require('node:fs').writeFileSync(${JSON.stringify(path.join(folder, 'called.json'))}, JSON.stringify({ args: process.argv.slice(2), pid: process.pid }));`;
  const at = 'const at = (name) => process.argv[process.argv.indexOf(name) + 1];';
  await writeFile(file, `#!${process.execPath}\n${at}\n${record}\n${body}\n`);
  await chmod(file, 0o755);
  return file;
}

describe('a real mongod', () => {
  it('is found on the PATH, in its order, when it can be run', async () => {
    const file = await fakeMongod();
    const decoy = path.join(folder, 'decoy');
    await mkdir(path.join(decoy, 'mongod'), { recursive: true });
    const search = [decoy, '/nonexistent', path.dirname(file)].join(path.delimiter);
    expect(await findMongod(search)).toBe(file);
    expect(await findMongod('/nonexistent')).toBeUndefined();
    expect(await findMongod(undefined)).toBeUndefined();
    await chmod(file, 0o644);
    if (process.getuid?.() !== 0) expect(await findMongod(search)).toBeUndefined();
  });

  it('is started as a standalone on a loopback port, in a session of its own', async () => {
    const binary = await fakeMongod();
    const dataDir = path.join(folder, 'data');
    const mongo = await startRealMongod({ binary, dataDir });
    const called = JSON.parse(await readFile(path.join(folder, 'called.json'), 'utf8')) as {
      args: string[];
      pid: number;
    };
    expect(called.args).toEqual([
      ...['--dbpath', path.join(dataDir, 'db'), '--port', String(mongo.port), '--bind_ip', '127.0.0.1'],
      ...['--logpath', path.join(dataDir, 'mongod.log'), '--logappend', '--nounixsocket'],
    ]);
    expect(mongo.url).toBe(`mongodb://127.0.0.1:${mongo.port}/?directConnection=true`);
    expect(() => process.kill(-called.pid, 0)).not.toThrow(); // it leads a process group of its own
    await Promise.all([mongo.stop(), mongo.stop()]);
    expect(() => process.kill(called.pid, 0)).toThrow();
  });

  it('takes over from one that a killed launcher left behind', async () => {
    const binary = await fakeMongod(
      "require('node:fs').writeFileSync(at('--dbpath') + '/mongod.lock', process.pid + '\\n');" +
        "require('node:net').createServer().listen(Number(at('--port')), at('--bind_ip'));",
    );
    const dataDir = path.join(folder, 'data');
    const first = await startRealMongod({ binary, dataDir });
    const { pid } = JSON.parse(await readFile(path.join(folder, 'called.json'), 'utf8')) as { pid: number };
    const second = await startRealMongod({ binary, dataDir });
    await first.stop();
    expect(() => process.kill(pid, 0)).toThrow();
    await second.stop();
  });

  it('says where to look when it does not come up', async () => {
    const binary = await fakeMongod('process.exit(3);');
    const started = startRealMongod({ binary, dataDir: path.join(folder, 'data') });
    await expect(started).rejects.toThrow(/mongod\.log says why/);
  });
});
