import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../config.js';
import { createStandaloneGateway, type StandaloneGateway } from '../standalone.js';
import { type ServedShop, serveTinyShop } from '../__fixtures__/served-shop.js';
import { silent } from '../__fixtures__/tiny-shop.js';

let tiny: ServedShop;
let gateway: StandaloneGateway;
let url: string;
beforeEach(async () => {
  tiny = await serveTinyShop();
  await tiny.replace(tiny.supergraphOf(1));
  const config = readConfig({ SUPERGRAPH_SDL: tiny.file, SOUK_INTERNAL_SECRET: tiny.secret });
  gateway = await createStandaloneGateway(config, silent);
  ({ url } = await gateway.listen({ host: '127.0.0.1', port: 0 }));
});
afterEach(async () => {
  await gateway.stop();
  await tiny.stop();
});

async function ask(query: string): Promise<unknown> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json();
}
/** Longer than the file is left alone. */
const looked = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1_500));

describe('the supergraph file', () => {
  it('becomes broken, empty or goes away: the old supergraph stays in force, and the next good file is taken', async () => {
    const known = { data: { whoami: 'anonymous' } };
    for (const broken of ['type Query {', '', 'type Query { broken: Int }', '\u0000\u0001']) {
      await tiny.replace(broken);
      await looked();
      expect(await ask('{ whoami }')).toEqual(known);
    }
    await rm(tiny.file);
    await looked();
    expect(await ask('{ whoami }')).toEqual(known);
    await tiny.replace(tiny.supergraphOf(2));
    const stock = '{ product(id: "p1") { stock } }';
    while (JSON.stringify(await ask(stock)).includes('errors'))
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await ask(stock)).toEqual({ data: { product: { stock: 3 } } });
  });
});
