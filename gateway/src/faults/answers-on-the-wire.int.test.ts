import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  answers,
  closesMidBody,
  closesMidChunk,
  endlessBody,
  endlessHeaders,
  garbage,
  hangsUp,
  neverAnswers,
  trickles,
} from '../__fixtures__/faults.js';
import type { Fault } from '../__fixtures__/faulty-link.js';
import { type FaultyShop, startFaultyShop } from '../__fixtures__/faulty-shop.js';
import { heapInUse } from '../__fixtures__/heap.js';

let shop: FaultyShop;
beforeAll(async () => {
  shop = await startFaultyShop();
});
afterAll(() => shop.stop());
afterEach(() => {
  for (const link of Object.values(shop.links)) link.fault = undefined;
});

const QUERY = '{ product(id: "p1") { name stock } }';
const WHOLE = { product: { name: 'Lamp', stock: 3 } };

/**
 * The fault at the owner of the root field, then at a subgraph that adds to the page: each time what it owns is null
 * with an error that says whether to try again, the rest stands, and the next request is whole.
 */
async function losesItsPart(fault: Fault, code: 'UNAVAILABLE' | 'TIMEOUT'): Promise<void> {
  const losses = [
    ['products', { product: null }],
    ['inventory', { product: { name: 'Lamp', stock: null } }],
  ] as const;
  for (const [service, data] of losses) {
    shop.links[service].fault = fault;
    expect(await shop.ask(QUERY)).toMatchObject({
      status: 200,
      data,
      errors: [{ path: ['product'], extensions: { code, retryable: true, service } }],
    });
    shop.links[service].fault = undefined;
    const after = await shop.ask(QUERY);
    expect(after.data).toEqual(WHOLE);
    expect(after.errors).toBeUndefined();
  }
}

describe('a subgraph', () => {
  it('refuses or breaks the connection: its fields are null with UNAVAILABLE, retryable; the rest is answered', () =>
    losesItsPart(hangsUp, 'UNAVAILABLE'));

  it('takes the request and never answers: TIMEOUT after its time limit; the connection is given up', async () => {
    await losesItsPart(neverAnswers, 'TIMEOUT');
  });

  it('answers slowly but in time: the answer is whole', async () => {
    shop.links.inventory.fault = (socket) => {
      setTimeout(() => answers('{"data":{"_entities":[{"stock":3}]}}')(socket), 100);
    };
    expect(await shop.ask(QUERY)).toMatchObject({ data: WHOLE });
  });

  it('sends byte after byte without an end in sight: TIMEOUT; the limit is on the whole answer', () =>
    losesItsPart(trickles, 'TIMEOUT'));

  it('sends bytes that are not HTTP: UNAVAILABLE', () => losesItsPart(garbage, 'UNAVAILABLE'));

  it('closes in the middle of the body: UNAVAILABLE; half an answer is none', async () => {
    await losesItsPart(closesMidBody, 'UNAVAILABLE');
    await losesItsPart(closesMidChunk, 'UNAVAILABLE');
  });

  it('announces or sends more than the answer limit: UNAVAILABLE; the connection is cut at the limit', async () => {
    await losesItsPart(endlessBody, 'UNAVAILABLE');
    const announced = answers('{"data":', { headers: 'content-length: 99999999999\r\n' });
    await losesItsPart(announced, 'UNAVAILABLE');
  });

  it('sends headers without an end: UNAVAILABLE; cut after 64 KB', () =>
    losesItsPart(endlessHeaders, 'UNAVAILABLE'));

  it('says a content length below the real one: UNAVAILABLE; what follows is not read as an answer', () =>
    losesItsPart(answers('{"data":{"product":null}}', { headers: 'content-length: 7\r\n' }), 'UNAVAILABLE'));

  it('says a content length above the real one: TIMEOUT', () =>
    losesItsPart(answers('{"data":{"product":null}}', { headers: 'content-length: 99\r\n' }), 'TIMEOUT'));

  it('says two content lengths, or none that is a number: UNAVAILABLE', async () => {
    const body = '{"data":{"product":null}}';
    const both = 'content-length: 25\r\ncontent-length: 7\r\n';
    await losesItsPart(answers(body, { headers: both }), 'UNAVAILABLE');
    await losesItsPart(answers(body, { headers: 'content-length: -25\r\n' }), 'UNAVAILABLE');
  });

  it('answers with an HTML error page: UNAVAILABLE; nothing of the page reaches the client', async () => {
    const page = answers('<html><h1>pg: connection refused at 10.0.0.7</h1></html>', {
      status: '500 Internal Server Error',
    });
    await losesItsPart(page, 'UNAVAILABLE');
    shop.links.inventory.fault = page;
    expect(JSON.stringify(await shop.ask(QUERY))).not.toMatch(/html|10\.0\.0\.7/);
  });

  it('answers with a redirect: UNAVAILABLE; it is not followed, so identity goes nowhere else', async () => {
    let visits = 0;
    const elsewhere = createServer((socket) => {
      visits += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    // A TCP server's address is never a string.
    const { port } = elsewhere.address() as { port: number };
    const headers = `location: http://127.0.0.1:${port}/graphql\r\n`;
    await losesItsPart(answers('', { status: '307 Temporary Redirect', headers }), 'UNAVAILABLE');
    expect(visits).toBe(0);
    await new Promise((resolve) => elsewhere.close(resolve));
  });

  it('compresses without being asked to, or speaks another HTTP version: UNAVAILABLE', async () => {
    await losesItsPart(answers('x', { headers: 'content-encoding: gzip\r\n' }), 'UNAVAILABLE');
    await losesItsPart((socket) => socket.end('HTTP/2.0 200 OK\r\n\r\n'), 'UNAVAILABLE');
  });

  it('fails hundreds of times in these ways: connections and memory are given back', async () => {
    const ways = [hangsUp, garbage, closesMidBody, endlessBody, endlessHeaders];
    const round = async (): Promise<void> => {
      for (const fault of ways) {
        shop.links.inventory.fault = fault;
        await Promise.all(Array.from({ length: 20 }, () => shop.ask(QUERY)));
      }
    };
    await round();
    const before = heapInUse();
    for (let count = 0; count < 4; count += 1) await round();
    shop.links.inventory.fault = undefined;
    expect(await shop.ask(QUERY)).toMatchObject({ data: WHOLE });
    // The endless bodies alone were 80 MB.
    expect(heapInUse() - before).toBeLessThan(50_000_000);
    expect(shop.links.inventory.open).toBeLessThanOrEqual(20);
  });
});
