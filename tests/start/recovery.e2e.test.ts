import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { insistently } from '../support/insistently.js';
import { fillCart, placeOrder, placeOrderFinally, signIn, someVariants } from '../support/people.js';
import { cleanUp, makeSeededDataDir, type NpmStart, npmStart, processesOf, untilGone } from './npm-start.js';

let dataDir: string;
beforeEach(async () => {
  dataDir = await makeSeededDataDir();
});
afterEach(() => cleanUp(dataDir));

async function open(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<NpmStart> {
  const shop = await npmStart({ dataDir, args, env });
  await shop.says('The shop is open.');
  return shop;
}

async function close(shop: NpmStart): Promise<void> {
  shop.signalGroup('SIGTERM');
  expect(await shop.ended).toBe(0);
  expect(await processesOf(dataDir)).toEqual([]);
}

const postgresPid = async (): Promise<number> =>
  Number.parseInt(await readFile(path.join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8'), 10);

const ORDER = 'query ($id: ID!, $token: String) { order(id: $id, accessToken: $token) { number status } }';
interface OrderAnswer {
  readonly order: { readonly number: string; readonly status: string } | null;
}

/** Whether the address was free. */
async function register(shop: NpmStart, email: string): Promise<boolean> {
  const query = `mutation ($input: RegisterInput!) { register(input: $input) { session { user { id } } } }`;
  const input = { email, password: 'a long pass phrase', name: 'Writer' };
  const { data } = await shop.ask<{ register: { session: unknown } } | undefined>(query, { input });
  return (data?.register.session ?? null) !== null;
}

/** One for each attempt: an address may be taken although nobody was told. */
const newAddress = (): string => `${randomUUID()}@souk.test`;

describe.each([
  ['one process', []],
  ['one process a service', ['--split']],
])('%s', (_mode, args) => {
  test('kill -9 of the launcher under 20 writers: the next start on the same port takes over, no acknowledged order is lost', async () => {
    const first = await open(args);
    const orphan = await postgresPid();
    const staff = await signIn(first, 'staff@souk.test');
    const variants = await someVariants(first, 20);
    const acknowledged: { id: string; number: string; accessToken: string | null }[] = [];
    const write = async (variantId: string): Promise<never> => {
      // Until nobody answers any more.
      for (;;) {
        const { order } = await placeOrder(first, await fillCart(first, variantId));
        if (order && order.status !== 'PENDING') acknowledged.push(order);
      }
    };
    const written = Promise.allSettled(variants.map(write)).then((ends) => {
      const reasons = new Set(ends.map((end) => (end.status === 'rejected' ? String(end.reason) : '')));
      if (acknowledged.length < 40)
        throw new Error(`all writers ended after ${acknowledged.length} orders:\n${[...reasons].join('\n')}`);
    });
    while (acknowledged.length < 40) await Promise.race([written, delay(20)]);
    process.kill(await first.launcherPid(), 'SIGKILL');
    await written;
    await first.ended;
    const orphans = await processesOf(dataDir);
    expect(orphans).toContain(orphan);

    const second = await open(args, { PORT: new URL(first.url).port });
    expect(await postgresPid()).not.toBe(orphan);
    const lost: string[] = [];
    for (const { id, number, accessToken } of acknowledged) {
      const { data, text } = await second.ask<OrderAnswer>(ORDER, { id, token: accessToken });
      const isKept = data.order?.number === number && !['FAILED', 'CANCELLED'].includes(data.order.status);
      if (!isKept) lost.push(`${number}: ${text}`);
    }
    expect(lost).toEqual([]);
    // The token of before is still good: signing keys persist.
    const { data, errors } = await second.ask('{ viewer { email } }', {}, staff);
    expect({ data, errors }).toEqual({ data: { viewer: { email: 'staff@souk.test' } }, errors: [] });
    // What was half done is finished or undone, and selling goes on.
    const again = await placeOrderFinally(second, await fillCart(second, variants[0] ?? ''));
    expect(again.order?.number).toBeDefined();
    // A service whose launcher is gone ends by itself, but may take ten seconds when its database went first.
    await untilGone(orphans, dataDir);
    await close(second);
  });

  test('kill -9 of PostgreSQL: the shop starts it again and goes on', async () => {
    const shop = await open(args);
    process.kill(await postgresPid(), 'SIGKILL');
    await insistently(() => register(shop, newAddress()));
    await close(shop);
  });
});

test('kill -9 of everything: the next start recovers alone', async () => {
  const first = await open([]);
  expect(await register(first, 'kept@souk.test')).toBe(true);
  process.kill(await first.launcherPid(), 'SIGKILL');
  process.kill(await postgresPid(), 'SIGKILL');
  await first.ended;

  const second = await open([]);
  expect(await register(second, 'kept@souk.test')).toBe(false);
  await close(second);
});

test('a lock file whose number now belongs to another program is no obstacle', async () => {
  await close(await open([]));
  const file = path.join(dataDir, 'postgres/cluster/postmaster.pid');
  await writeFile(file, `${process.pid}\n${dataDir}/postgres/cluster\n0\n5432\n\n127.0.0.1\n0 0\nready\n`);
  await close(await open([]));
});

test('a service process that dies is started again', async () => {
  const shop = await open(['--split']);
  const users = await pidOf('subgraphs/users/dist/main.js');
  process.kill(users, 'SIGKILL');
  await shop.says('users ended (SIGKILL); starting it again');
  await insistently(() => register(shop, newAddress()));
  await close(shop);
});

async function pidOf(program: string): Promise<number> {
  for (const pid of await processesOf(dataDir)) {
    if ((await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).includes(program)) return pid;
  }
  throw new Error(`no process runs ${program}`);
}
