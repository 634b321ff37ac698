import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readConfig } from './config.js';
import { createStandaloneGateway, type StandaloneGateway } from './standalone.js';
import { type ServedShop, serveTinyShop } from './__fixtures__/served-shop.js';
import { silent } from './__fixtures__/tiny-shop.js';

let tiny: ServedShop;
let gateway: StandaloneGateway | undefined;
beforeEach(async () => {
  tiny = await serveTinyShop();
  await tiny.replace(tiny.supergraphOf(1));
});
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  await tiny.stop();
});

/** Starts a gateway. Its settings, once they are read, put another file into the place of one that was read before. */
async function startReplacing(file: string, settings: string, text: string): Promise<StandaloneGateway> {
  const next = `${file}.next`;
  await writeFile(
    settings,
    `import { renameSync } from 'node:fs';
    renameSync(${JSON.stringify(next)}, ${JSON.stringify(file)});
    export default {};`,
  );
  await writeFile(next, text);
  const config = readConfig({
    SUPERGRAPH_SDL: tiny.file,
    GATEWAY_CONFIG: settings,
    SOUK_INTERNAL_SECRET: tiny.secret,
  });
  gateway = await createStandaloneGateway(config, silent);
  return gateway;
}
const settingsIn = (folder: string): string => path.join(folder, 'gateway.config.mjs');

it('takes the supergraph that replaced the one it was starting with', async () => {
  const next = tiny.supergraphOf(2);
  const started = await startReplacing(tiny.file, settingsIn(tiny.folder), next);
  expect(started.supergraphSdl()).toBe(next);
});

it('takes the settings that replaced those it was starting with', async () => {
  const settings = settingsIn(tiny.folder);
  const origin = 'https://friend.test';
  const next = `export default { cors: { origins: [${JSON.stringify(origin)}] } };`;
  const started = await startReplacing(settings, settings, next);
  const { url } = await started.listen({ host: '127.0.0.1', port: 0 });
  const allowed = async (): Promise<string | null> => {
    const { headers } = await fetch(`${url}/health`, { headers: { origin } });
    return headers.get('access-control-allow-origin');
  };
  await expect.poll(allowed).toBe(origin);
});
