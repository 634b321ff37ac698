import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createHttpClient, type HttpClient } from './http-client.js';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
let folder: string;
let server: Server;
const clients: HttpClient[] = [];
/** The names that clients asked for. */
const names: unknown[] = [];

describe.skipIf(!hasOpenssl)('the HTTP client over TLS', () => {
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'souk-tls-'));
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => path.join(folder, name));
    const made = spawnSync(
      'openssl',
      `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=localhost -keyout ${key} -out ${cert}`.split(
        ' ',
      ),
    );
    if (made.status !== 0 || !key || !cert) throw new Error(made.stderr.toString());
    server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
      names.push((request.socket as { servername?: unknown }).servername);
      request.resume().on('end', () => response.end('hello'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close(0)));
    vi.unstubAllEnvs();
    names.length = 0;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });

  const ask = async (host: string): Promise<string> => {
    // A TCP server's address is never a string.
    const { port } = server.address() as AddressInfo;
    const client = createHttpClient({ host, port, isSecure: true, connections: 1, timeoutMs: 5_000 });
    clients.push(client);
    const head = `POST / HTTP/1.1\r\nhost: ${host}\r\ncontent-length: `;
    return (await client.send({ head, body: 'hi', isRepeatable: true })).body;
  };

  it('trusts nobody whose certificate it does not know', async () => {
    await expect(ask('localhost')).rejects.toThrow('self-signed certificate');
    expect(names).toEqual([]);
  });

  it('asks for the name of a host, and for none where it has an address only', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    expect([await ask('localhost'), await ask('127.0.0.1')]).toEqual(['hello', 'hello']);
    expect(names).toEqual(['localhost', false]);
  });
});
