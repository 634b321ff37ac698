import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { figure } from '../../../../gateway/bench/report/table.mjs';
import { cores, startNode } from '../../../../gateway/bench/cores.mjs';
import { atOnce } from '../at-once.mjs';
import { freePort } from '../free-port.mjs';
import { measure, requestOf } from '../measure.mjs';
import { VENDURE, installVendure } from './install.mjs';
import { ACTIVE_CART, ADD, DETAIL, LIST, SEARCH } from './operations.mjs';
import { productsCsv } from './products-csv.mjs';

const CARTS = 200;
/** It takes so much longer for the same number of requests. */
const LESS = 5;
const START_MS = 900_000;

/**
 * Measures Vendure with the products that Souk's shop has, on PostgreSQL and, where it can be had, on SQLite.
 *
 * @param products as Souk's shop tells them
 * @returns CPU ms of each page by database
 */
export async function measureVendure(products, effort) {
  const { folder, hasSqlite } = installVendure();
  const work = mkdtempSync(path.join(tmpdir(), 'souk-bench-vendure-'));
  const csv = path.join(work, 'products.csv');
  writeFileSync(csv, productsCsv(products));
  const figures = {};
  try {
    figures.postgres = await onPostgres(work, (database) =>
      measureOn({ folder, work, csv, database, products }, effort),
    );
    if (hasSqlite) {
      const database = { type: 'better-sqlite3', database: path.join(work, 'vendure.sqlite') };
      figures.sqlite = await measureOn({ folder, work, csv, database, products }, effort);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return { version: VENDURE, figures, pages: Object.keys(figures.postgres) };
}

/** Souk's embedded PostgreSQL, for Vendure alone and on the servers' core. */
async function onPostgres(work, use) {
  const server = path.join(import.meta.dirname, 'postgres.mjs');
  const child = startNode(cores.gateway, [server, path.join(work, 'postgres')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = await once(child.stdout, 'data');
    const url = new URL(line.toString().trim());
    return await use({
      type: 'postgres',
      host: url.hostname,
      port: Number(url.port),
      username: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      database: url.pathname.slice(1),
    });
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  }
}

async function measureOn(
  { folder, work, csv, database, products },
  { rounds, count, warmCount, connections },
) {
  const port = await freePort();
  const start = (mode) =>
    startNode(
      mode === 'fill' ? undefined : cores.gateway,
      [
        path.join(folder, 'server.mjs'),
        JSON.stringify({ mode, port, database, products: csv, expected: products.length }),
      ],
      { environment: { NODE_ENV: 'production' } },
    );
  const filling = start('fill');
  const [code] = await once(filling, 'exit');
  if (code !== 0) throw new Error(`Vendure could not take in the products: ${code}.`);
  const child = start('serve');
  try {
    const shop = { port, pid: child.pid, dataDir: work };
    await untilUp(port, child);
    const figures = {};
    for (const [name, make] of Object.entries(pagesOf(products))) {
      const requests = (await make(port)).map(requestOf);
      await measure(shop, { requests, count: warmCount / LESS, connections });
      const samples = [];
      for (let round = 1; round <= rounds; round += 1) {
        samples.push(await measure(shop, { requests, count: count / LESS, connections }));
      }
      figures[name] = figure({ samples }, 'cpu');
      console.log(`Vendure on ${database.type}, ${name}: ${figures[name].toFixed(2)} ms CPU`);
    }
    return figures;
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  }
}

const words = (products) =>
  [...new Set(products.flatMap(({ name }) => name.toLowerCase().match(/[a-z]{4,}/g) ?? []))].slice(0, 200);

const pagesOf = (products) => ({
  list: async () =>
    Array.from({ length: Math.floor(products.length / 20) }, (_, page) => ({
      query: LIST,
      variables: { input: { take: 20, skip: page * 20, groupByProduct: true } },
    })),
  search: async () =>
    words(products).map((term) => ({
      query: SEARCH,
      variables: { input: { term, take: 20, groupByProduct: true } },
    })),
  detail: async () => products.map(({ slug }) => ({ query: DETAIL, variables: { slug } })),
  async add(port) {
    const carts = await fillCarts(port, products, 3);
    return Array.from({ length: 98 * 3 * CARTS }, (_, number) => {
      const { headers, variants } = carts[number % CARTS];
      return { query: ADD, variables: { id: variants[Math.floor(number / CARTS) % 3] }, headers };
    });
  },
  async cart(port) {
    const carts = await fillCarts(port, products, 5);
    return carts.map(({ headers }) => ({ query: ACTIVE_CART, variables: {}, headers }));
  },
});

async function fillCarts(port, products, lines) {
  const { data } = await ask(port, '{ search(input: { take: 300 }) { items { productVariantId } } }');
  const ids = data.search.items.map(({ productVariantId }) => productVariantId);
  return atOnce(Array.from({ length: CARTS }), 4, async (_, number) => {
    const variants = Array.from(
      { length: lines },
      (_line, index) => ids[(number * lines + index) % ids.length],
    );
    let token;
    for (const id of variants) {
      const added = await ask(port, ADD, { id }, token);
      if (added.data.addItemToOrder.errorCode) throw new Error(JSON.stringify(added.data));
      token ??= added.token;
    }
    return { variants, headers: `authorization: Bearer ${token}\r\n` };
  });
}

async function ask(port, query, variables = {}, token = undefined) {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return { data, token: response.headers.get('vendure-auth-token') };
}

async function untilUp(port, child) {
  for (const since = performance.now(); ; await sleep(200)) {
    if (await ask(port, '{ __typename }').then(Boolean, () => false)) return;
    if (child.exitCode !== null) throw new Error(`Vendure ended with ${child.exitCode}.`);
    if (performance.now() - since > START_MS) throw new Error('Vendure does not answer.');
  }
}
