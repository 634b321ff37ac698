import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLogger } from '@souk/kit/log';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GatewayOptions } from '../gateway-options.js';
import { fileVersion } from './file-version.js';
import { followSettings } from './follow-settings.js';
import { gatewaySettings } from './gateway-settings.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'souk-settings-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Writes a settings file the way editors and deployments do: beside it, then in its place. */
async function settings(text: string, name = 'gateway.config.ts'): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
  return file;
}

describe('the options in force', () => {
  it('are the defaults, then the file, then the environment', async () => {
    const file = await settings(`
      import { defineConfig } from '@souk/gateway/config';
      const minute: number = 60_000;
      export default defineConfig({ server: { drainMs: minute }, cors: { origins: ['https://file.test'] } });`);
    const options = await gatewaySettings({
      file,
      environment: { GATEWAY__CORS__ORIGINS: '["https://env.test"]' },
      defaults: { server: { drainMs: 1, trustedProxies: 2 } },
    });
    expect(options).toEqual({
      server: { drainMs: 60_000, trustedProxies: 2 },
      cors: { origins: ['https://env.test'] },
    });
  });

  it('may be plain JavaScript', async () => {
    const file = await settings('export default { sockets: { initTimeoutMs: 5 } };', 'gateway.config.mjs');
    expect(await gatewaySettings({ file, environment: {} })).toEqual({ sockets: { initTimeoutMs: 5 } });
  });

  it('are refused with every problem and its place', async () => {
    const file = await settings('export default { server: { bodyLimit: -1 }, corz: {} };', 'a.mjs');
    await expect(gatewaySettings({ file, environment: {} })).rejects.toThrow(
      /2 problems:\n.*server\.bodyLimit: .*\n.*options: .*corz/,
    );
    await expect(
      gatewaySettings({ file: undefined, environment: { GATEWAY__SERVER__BODYLIMIT: '5' } }),
    ).rejects.toThrow('bodylimit');
  });

  it('say of issuers what cannot be', async () => {
    const environment = {
      GATEWAY__IDENTITY__ISSUERS: JSON.stringify([
        { issuer: 'https://fine.test' },
        { issuer: 'not discoverable' },
        { issuer: 'https://weak.test', algorithms: ['HS256'] },
        { issuer: 'https://loose.test', claims: { roleNames: { boss: 'EMPEROR' } } },
      ]),
      GATEWAY__IDENTITY__COOKIE__NAME: 'two words',
    };
    await expect(gatewaySettings({ file: undefined, environment })).rejects.toThrow(
      /4 problems:\n.*issuers\.1\.jwksUri: .*discovered\n.*issuers\.2\.algorithms\.0: .*\n.*issuers\.3\.claims\.roleNames\.boss: .*\n.*cookie\.name: must be the name of a cookie/,
    );
  });

  it.each([
    ['is not there', undefined, /there is no file .*Correct the path/],
    ['is no code', 'export default {', /gateway\.config\.ts: [^]*end of file/],
    ['exports nothing', 'export const options = {};', /must "export default defineConfig/],
    ['fails', "throw new Error('on purpose');", /gateway\.config\.ts: on purpose/],
  ])('say which file %s', async (_what, text, message) => {
    const file = text === undefined ? path.join(folder, 'none.ts') : await settings(text);
    await expect(gatewaySettings({ file, environment: {} })).rejects.toThrow(message);
  });
});

it('a changed file is taken into use; a broken one leaves the old options in force', async () => {
  const seen: GatewayOptions[] = [];
  const complaints: string[] = [];
  const logger = createLogger({
    level: 'error',
    destination: { write: (line) => void complaints.push(line) },
  });
  const file = await settings('export default { cors: { origins: ["https://one.test"] } };');
  const following = followSettings({
    file,
    environment: {},
    known: fileVersion(file),
    logger,
    onChange: (options) => void seen.push(options),
    intervalMs: 20,
  });
  await settings('export default { cors: { origins: ["https://two.test"] } };');
  await vi.waitFor(
    () => expect([seen, complaints]).toEqual([[{ cors: { origins: ['https://two.test'] } }], []]),
    10_000,
  );
  await settings('export default { cors: { origins: 3 } };');
  await vi.waitFor(() => expect(complaints.join('')).toContain('cors.origins'), 10_000);
  await settings('export default { cors: {} };');
  await vi.waitFor(() => expect(seen.at(-1)).toEqual({ cors: {} }), 10_000);
  expect(seen).toHaveLength(2);
  following.stop();
});
