import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sendRaw } from '../../__fixtures__/raw-socket.js';
import { type RunningGateway, startGateway } from '../../__fixtures__/start-gateway.js';
import { createTinyShop } from '../../__fixtures__/tiny-shop.js';

let folder: string;
let running: RunningGateway;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'souk-client-'));
  const dir = path.join(folder, 'dist');
  await mkdir(path.join(dir, 'assets'), { recursive: true });
  await writeFile(path.join(folder, 'secret.txt'), 'outside the folder');
  await writeFile(path.join(dir, '.env'), 'outside the folder');
  await writeFile(path.join(dir, 'index.html'), '<title>Souk</title>');
  await writeFile(path.join(dir, 'assets/app-1a2b3c4d.js'), 'console.log(1)');
  await writeFile(path.join(dir, 'assets/app-1a2b3c4d.js.br'), brotliCompressSync('console.log(1)'));
  running = await startGateway(createTinyShop().apps, { clientDir: dir, playgroundDir: dir });
});
afterAll(async () => {
  await running.stop();
  await rm(folder, { recursive: true });
});
const get = (where: string, headers: Record<string, string> = {}) =>
  fetch(`${running.url}${where}`, { headers });

it('opens the application at every address a person may type, and only there', async () => {
  for (const where of ['/', '/product/lamp', '/search?q=a']) {
    const page = await get(where, { accept: 'text/html,*/*;q=0.8' });
    expect([page.status, page.headers.get('cache-control'), await page.text()]).toEqual([
      200,
      'no-cache',
      '<title>Souk</title>',
    ]);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
  }
  const missing = await get('/assets/gone-12345678.js', { accept: '*/*' });
  expect([missing.status, missing.headers.get('content-type')]).toEqual([
    404,
    'application/json; charset=utf-8',
  ]);
  expect((await fetch(`${running.url}/product/lamp`, { method: 'POST' })).status).toBe(405);
});

it('lets hashed assets be kept for ever, sends the smaller copy, and answers 304', async () => {
  const asset = await get('/assets/app-1a2b3c4d.js', { 'accept-encoding': 'br, gzip' });
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect([asset.headers.get('content-encoding'), asset.headers.get('content-type')]).toEqual([
    'br',
    'text/javascript; charset=utf-8',
  ]);
  expect(await asset.text()).toBe('console.log(1)');
  const again = await get('/assets/app-1a2b3c4d.js', {
    'accept-encoding': 'br',
    'if-none-match': asset.headers.get('etag') ?? '',
  });
  expect(again.status).toBe(304);
  const plain = await get('/assets/app-1a2b3c4d.js', { 'accept-encoding': 'br;q=0' });
  expect([plain.headers.get('content-encoding'), plain.headers.get('vary')]).toEqual([
    null,
    'accept-encoding, origin',
  ]);
});

it.each([
  '/../secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/assets/..%5c..%5csecret.txt',
  '/.env',
  '/%00',
  '/%zz',
  '//etc/passwd',
])('never leaves its folder for %s', async (where) => {
  const answer = await sendRaw(running.port, `GET ${where} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 404 /);
  expect(answer).not.toContain('outside the folder');
});

it('serves the playground under its slash', async () => {
  const bare = await fetch(`${running.url}/playground`, { redirect: 'manual' });
  expect([bare.status, bare.headers.get('location')]).toEqual([308, '/playground/']);
  expect(await (await get('/playground/')).text()).toBe('<title>Souk</title>');
});
