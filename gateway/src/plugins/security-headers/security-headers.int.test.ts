import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type RunningGateway, startGateway } from '../../__fixtures__/start-gateway.js';
import { createTinyShop } from '../../__fixtures__/tiny-shop.js';

let running: RunningGateway;
afterEach(() => running.stop());

const NO_PAGE = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

it('marks every answer with what browsers heed, and does not boast', async () => {
  running = await startGateway(createTinyShop().apps);
  const answers = [
    (await running.ask('{ __typename }')).headers,
    (await running.ask('{ nothing }')).headers,
    (await fetch(`${running.url}/health`)).headers,
    (await fetch(`${running.url}/nowhere`)).headers,
  ];
  for (const headers of answers) {
    expect(Object.fromEntries(headers)).toMatchObject(NO_PAGE);
    for (const absent of ['server', 'x-powered-by', 'strict-transport-security'])
      expect(headers.get(absent)).toBeNull();
  }
});

it('says that a name is reached by TLS only where that is so, and who may embed', async () => {
  const securityHeaders = {
    hstsSeconds: 31_536_000,
    hstsSubdomains: true,
    embeddableBy: 'same-site',
  } as const;
  running = await startGateway(createTinyShop().apps, { options: { securityHeaders } });
  const { headers } = await running.ask('{ __typename }');
  expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
  expect(headers.get('cross-origin-resource-policy')).toBe('same-site');
});

it('lets pages load what is theirs, and workers ask', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'souk-pages-'));
  for (const name of ['index.html', 'sw.js']) await writeFile(path.join(dir, name), '');
  running = await startGateway(createTinyShop().apps, { clientDir: dir, playgroundDir: dir });
  for (const page of ['/', '/sw.js', '/playground/', '/playground/sw.js']) {
    const policy = (await fetch(`${running.url}${page}`)).headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining(["default-src 'self'", "object-src 'none'", "frame-ancestors 'none'"]),
    );
    expect(policy).not.toMatch(/script-src|unsafe-eval|https?:/);
  }
  expect((await fetch(`${running.url}/none.js`)).headers.get('content-security-policy')).toContain("'none'");
  await rm(dir, { recursive: true });
});

it('gives every answer an id, the one the caller chose if that is sane', async () => {
  running = await startGateway(createTinyShop().apps);
  const idFor = async (id: string) =>
    (await running.ask('{ __typename }', { headers: { 'x-request-id': id } })).headers.get('x-request-id');
  expect(await idFor('chosen-by-caller')).toBe('chosen-by-caller');
  expect(await idFor('a b"<script>')).toMatch(/^[0-9a-f-]{36}$/);
});
