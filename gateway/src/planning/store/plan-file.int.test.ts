import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningGateway, startGateway } from '../../__fixtures__/start-gateway.js';
import { createTinyShop, silent } from '../../__fixtures__/tiny-shop.js';
import { openPlanFile } from './plan-file.js';
import { describePlanStoreContract, planNamed } from './plan-store.contract.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'souk-plans-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (sdl = 'sdl', limit = 10) =>
  openPlanFile({ folder, supergraphSdl: sdl, logger: silent, limit, gatherMs: 5 });

describePlanStoreContract('plans in a file', async () => ({
  open,
  async spoil() {
    for (const name of await readdir(folder))
      await writeFile(path.join(folder, name), '{"a":{"kind":"QueryPl');
  },
}));

describe('the plan file', () => {
  it('takes no harm from a file that is broken, or from a folder that is none', async () => {
    const store = open();
    store.set('a', planNamed('a'));
    await store.flush();
    const [name = ''] = await readdir(folder);
    await writeFile(path.join(folder, name), '{"a":{"kind":"QueryPlan"},"b":{"kind":"nonsense"}');
    expect(open().get('a')).toBeUndefined();
    await writeFile(path.join(folder, name), '{"a":{"kind":"QueryPlan"},"b":{"kind":"nonsense"}}');
    expect([open().get('a'), open().get('b')]).toEqual([{ kind: 'QueryPlan' }, undefined]);

    const file = path.join(folder, 'file');
    await writeFile(file, '');
    const lost = openPlanFile({ folder: file, supergraphSdl: 'sdl', logger: silent, gatherMs: 1 });
    lost.set('a', planNamed('a'));
    await lost.flush();
    expect(lost.get('a')).toEqual(planNamed('a'));
  });

  it('keeps the files of three supergraphs', async () => {
    for (const [index, sdl] of ['1', '2', '3', '4'].entries()) {
      const store = open(sdl);
      store.set('a', planNamed('a'));
      await store.flush();
      for (const name of await readdir(folder)) {
        const text = await readFile(path.join(folder, name), 'utf8');
        if (text) await utimes(path.join(folder, name), index, index);
      }
    }
    open('5');
    expect((await readdir(folder)).length).toBe(2);
  });
});

describe('a gateway with a plan folder and a manifest', () => {
  const misses = async ({ url }: RunningGateway): Promise<number> => {
    const text = await (await fetch(`${url}/metrics`)).text();
    return Number(/cache_lookups_total\{cache="plan",result="miss"\} (\d+)/.exec(text)?.[1] ?? 0);
  };
  const WARM = 'query Warm { products { id stock } }';

  it('plans ahead what clients will ask, and nothing at the next start', async () => {
    const file = path.join(folder, 'operations.json');
    await writeFile(
      file,
      JSON.stringify({
        format: 'apollo-persisted-query-manifest',
        version: 1,
        operations: [
          { id: '1', name: 'Warm', type: 'query', body: WARM },
          { id: '2', name: 'Old', type: 'query', body: 'query Old { goneSinceThen }' },
        ],
      }),
    );
    const options = { planning: { folder: path.join(folder, 'plans'), manifest: file } };
    const first = await startGateway(createTinyShop().apps, { options });
    while ((await misses(first)) < 1) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await first.ask(WARM)).toMatchObject({ status: 200 });
    expect(await misses(first)).toBe(1);
    await first.stop();

    const second = await startGateway(createTinyShop().apps, { options });
    expect(await second.ask(WARM)).toMatchObject({
      status: 200,
      data: { products: [{ stock: 3 }, { stock: 3 }] },
    });
    expect(await misses(second)).toBe(0);
    await second.stop();
  });

  it('plans what was asked before a reload again', async () => {
    const shop = createTinyShop();
    const running = await startGateway(shop.apps, {});
    await running.ask(WARM);
    const sdl = running.gateway.supergraphSdl();
    running.gateway.reload(`${sdl}\n# a new version\n`);
    while ((await misses(running)) < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    await running.ask(WARM);
    expect(await misses(running)).toBe(2);
    await running.stop();
  });

  it('a manifest that is none is told of, and stops nobody', async () => {
    const running = await startGateway(createTinyShop().apps, {
      options: { planning: { manifest: path.join(folder, 'nowhere.json') } },
    });
    expect(await running.ask(WARM)).toMatchObject({ status: 200 });
    await running.stop();
  });
});
