import { createServer } from 'node:net';
import { eventually } from '@souk/testkit/waiting';
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
import type { Answer } from '../__fixtures__/start-gateway.js';

let shop: FaultyShop;
/** One of short limits: on a machine that stands still for a moment, what is well is too late as well. */
let hasty: FaultyShop;
beforeAll(async () => {
  [shop, hasty] = await Promise.all([startFaultyShop(), startFaultyShop({ transport: { timeoutMs: 500 } })]);
});
afterAll(() => Promise.all([shop.stop(), hasty.stop()]));
afterEach(() => {
  for (const { links } of [shop, hasty]) for (const link of Object.values(links)) link.fault = undefined;
});

const QUERY = '{ product(id: "p1") { name stock } }';
const WHOLE = { product: { name: 'Lamp', stock: 3 } };
/** Who may fail, and what is left then. */
const LOSSES = [
  ['products', { product: null }],
  ['inventory', { product: { name: 'Lamp', stock: null } }],
] as const;
const lost = (service: string, data: object, code: string) => ({
  status: 200,
  data,
  errors: [{ path: ['product'], extensions: { code, retryable: true, service } }],
});

/**
 * The fault at the owner of the root field, then at a subgraph that adds to the page: each time what it owns is null
 * with an error that says whether to try again, the rest stands, and the next request is whole.
 */
async function losesItsPart(fault: Fault): Promise<void> {
  for (const [service, data] of LOSSES) {
    shop.links[service].fault = fault;
    expect(await shop.ask(QUERY)).toMatchObject(lost(service, data, 'UNAVAILABLE'));
    shop.links[service].fault = undefined;
    const after = await shop.ask(QUERY);
    expect(after.data).toEqual(WHOLE);
    expect(after.errors).toBeUndefined();
  }
}

/** The same for what takes too long. */
async function isTooLate(fault: Fault): Promise<void> {
  for (const [service, data] of LOSSES) {
    hasty.links[service].fault = fault;
    const isBlamed = ({ errors }: Answer): boolean => errors?.[0]?.extensions?.['service'] === service;
    const without = await eventually(() => hasty.ask(QUERY), isBlamed);
    expect(without).toMatchObject(lost(service, data, 'TIMEOUT'));
    hasty.links[service].fault = undefined;
    const after = await eventually(
      () => hasty.ask(QUERY),
      ({ errors }) => errors === undefined,
    );
    expect(after.data).toEqual(WHOLE);
  }
}

describe('a subgraph', () => {
  it('refuses or breaks the connection: its fields are null with UNAVAILABLE, retryable; the rest is answered', () =>
    losesItsPart(hangsUp));

  it('takes the request and never answers: TIMEOUT after its time limit; the connection is given up', () =>
    isTooLate(neverAnswers));

  it('answers slowly but in time: the answer is whole', async () => {
    shop.links.inventory.fault = (socket) => {
      setTimeout(() => answers('{"data":{"_entities":[{"stock":3}]}}')(socket), 100);
    };
    expect(await shop.ask(QUERY)).toMatchObject({ data: WHOLE });
  });

  it('sends byte after byte without an end in sight: TIMEOUT; the limit is on the whole answer', () =>
    isTooLate(trickles));

  it('sends bytes that are not HTTP: UNAVAILABLE', () => losesItsPart(garbage));

  it('closes in the middle of the body: UNAVAILABLE; half an answer is none', async () => {
    await losesItsPart(closesMidBody);
    await losesItsPart(closesMidChunk);
  });

  it('announces or sends more than the answer limit: UNAVAILABLE; the connection is cut at the limit', async () => {
    await losesItsPart(endlessBody);
    const announced = answers('{"data":', { headers: 'content-length: 99999999999\r\n' });
    await losesItsPart(announced);
  });

  it('sends headers without an end: UNAVAILABLE; cut after 64 KB', () => losesItsPart(endlessHeaders));

  it('says a content length below the real one: UNAVAILABLE; what follows is not read as an answer', () =>
    losesItsPart(answers('{"data":{"product":null}}', { headers: 'content-length: 7\r\n' })));

  it('says a content length above the real one: TIMEOUT', () =>
    isTooLate(answers('{"data":{"product":null}}', { headers: 'content-length: 99\r\n' })));

  it('says two content lengths, or none that is a number: UNAVAILABLE', async () => {
    const body = '{"data":{"product":null}}';
    const both = 'content-length: 25\r\ncontent-length: 7\r\n';
    await losesItsPart(answers(body, { headers: both }));
    await losesItsPart(answers(body, { headers: 'content-length: -25\r\n' }));
  });

  it('answers with an HTML error page: UNAVAILABLE; nothing of the page reaches the client', async () => {
    const page = answers('<html><h1>pg: connection refused at 10.0.0.7</h1></html>', {
      status: '500 Internal Server Error',
    });
    await losesItsPart(page);
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
    await losesItsPart(answers('', { status: '307 Temporary Redirect', headers }));
    expect(visits).toBe(0);
    await new Promise((resolve) => elsewhere.close(resolve));
  });

  it('compresses without being asked to, or speaks another HTTP version: UNAVAILABLE', async () => {
    await losesItsPart(answers('x', { headers: 'content-encoding: gzip\r\n' }));
    await losesItsPart((socket) => socket.end('HTTP/2.0 200 OK\r\n\r\n'));
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
