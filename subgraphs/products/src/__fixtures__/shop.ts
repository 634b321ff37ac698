import { randomUUID } from 'node:crypto';
import { ANONYMOUS, type Viewer } from '@souk/kit/auth';
import { createInProcessTransport } from '@souk/kit/events';
import type { SubgraphApp } from '@souk/kit/subgraph';
import { silentLogger } from '@souk/testkit/logger';
import { type TestMongo, testMongo } from '@souk/testkit/mongo';
import type { ExecutionResult } from 'graphql';
import { type ProductsDeps, createApp, prepare, seed } from '../index.js';

export const STAFF: Viewer = { kind: 'user', userId: 'sam', roles: ['STAFF'] };
export const SHOPPER: Viewer = { kind: 'user', userId: 'ada', roles: ['CUSTOMER'] };

/** One or more replicas of products over one seeded database. */
export interface Shop {
  readonly app: SubgraphApp;
  /** All replicas; `app` is the first. */
  readonly apps: readonly SubgraphApp[];
  readonly deps: ProductsDeps;
  readonly server: TestMongo;
  run(query: string, variables?: Record<string, unknown>, viewer?: Viewer): Promise<ExecutionResult>;
  /**
   * The data of a query that must not fail. Tests read it loosely: what it holds is what they are about.
   */
  data<Data = Record<string, never>>(
    query: string,
    variables?: Record<string, unknown>,
    viewer?: Viewer,
  ): Promise<Data>;
  close(): Promise<void>;
}

/** @example const shop = await openShop({ products: 300 }); await shop.run('{ products { totalCount } }'); */
export async function openShop({ products = 300, replicas = 1 } = {}): Promise<Shop> {
  const mongo = await testMongo('products');
  const deps: ProductsDeps = {
    mongo,
    events: createInProcessTransport({ logger: silentLogger }),
    logger: silentLogger,
    clock: () => new Date(),
    newId: randomUUID,
  };
  await prepare(deps);
  await seed(deps, { products, seed: 7 });
  const apps = await Promise.all(Array.from({ length: replicas }, () => createApp(deps)));
  const [app] = apps;
  if (!app) throw new Error('A shop needs at least one replica.');
  await Promise.all(apps.map((each) => each.start()));
  const run: Shop['run'] = (query, variables = {}, viewer = ANONYMOUS) =>
    app.execute({ query, variables, context: { viewer, requestId: 'test' } });
  return {
    app,
    apps,
    deps,
    server: mongo,
    run,
    async data<Data>(query: string, variables?: Record<string, unknown>, viewer?: Viewer) {
      const { data, errors } = await run(query, variables, viewer);
      if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
      // The test's query decides the shape.
      return data as Data;
    },
    async close() {
      await Promise.all(apps.map((each) => each.stop()));
      await mongo.stop();
    },
  };
}

/** Asks until the answer is true. */
export async function until(ask: () => Promise<boolean>, what: string, timeoutMs = 60_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await ask())) {
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
