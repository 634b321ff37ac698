import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type TestServer, freePort, startServerProcess } from '@souk/testkit/servers';

/** The embedded MongoDB as a program: a port and a folder are its arguments. */
const PROGRAM = `
import(${JSON.stringify(import.meta.resolve('@souk/embedded/mongo'))})
  .then(({ startEmbeddedMongo }) =>
    startEmbeddedMongo({ port: Number(process.argv[1]), dataDir: process.argv[2], production: false }))
  .then(() => console.log('ready for connections'));
`;

/** Starts the embedded MongoDB in a process of its own. What it has acknowledged outlives a kill. */
export async function startMongo(): Promise<TestServer> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'souk-mongo-'));
  const port = await freePort();
  return startServerProcess({
    name: 'MongoDB',
    url: `mongodb://127.0.0.1:${port}/?directConnection=true`,
    port,
    dataDir,
    command: [process.execPath, '--eval', PROGRAM, String(port), path.join(dataDir, 'data')],
    env: { PATH: '/usr/bin:/bin' },
    readyText: /ready for connections/,
  });
}
