import { createLogger } from '@souk/kit/log';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningGateway, startGateway } from '../../__fixtures__/start-gateway.js';
import { createTinyShop, type TinyShop } from '../../__fixtures__/tiny-shop.js';

let shop: TinyShop;
let running: RunningGateway;
const lines: string[] = [];
beforeEach(async () => {
  lines.length = 0;
  shop = createTinyShop();
  running = await startGateway(shop.apps, {
    logger: createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } }),
    options: { batching: { maxOperations: 3 } },
  });
});
afterEach(() => running.stop());

const NAME = { query: 'query Name($id: ID!) { product(id: $id) { name } }' };
const lamp = { ...NAME, variables: { id: 'p1' } };

async function send(batch: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${running.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      ...headers,
    },
    body: JSON.stringify(batch),
  });
  // Each test compares what it needs.
  return { status: response.status, body: await response.json() };
}

describe('a batch', () => {
  it('is answered in its order', async () => {
    const chair = { ...NAME, variables: { id: 'p2' } };
    expect(await send([chair, { query: 'mutation { addNote(text: "x") }' }, lamp])).toEqual({
      status: 200,
      body: [
        { data: { product: { name: 'Chair' } } },
        { data: { addNote: 'x' } },
        { data: { product: { name: 'Lamp' } } },
      ],
    });
    expect(shop.notes).toEqual(['x']);
    await expect.poll(() => lines.join()).toContain('"batch":["Name","(unnamed)","Name"]');
  });

  it('holds every operation to every limit, and the others do not suffer', async () => {
    const aliases = Array.from({ length: 31 }, (_, at) => `a${at}: name`).join(' ');
    const { status, body } = await send([
      { query: `{ product(id: "p1") { ${aliases} } }` },
      lamp,
      { ...NAME, variables: { id: 'x'.repeat(300_000) } },
    ]);
    expect(status).toBe(200);
    expect(body).toMatchObject([
      { errors: [{ extensions: { limit: 'maxAliases' } }] },
      { data: { product: { name: 'Lamp' } } },
      { errors: [{ extensions: { limit: 'maxVariableSize' } }] },
    ]);
  });

  it('is charged for every operation', async () => {
    const limited = await startGateway(shop.apps, {
      options: {
        batching: {},
        server: { trustedProxies: 1 },
        // A mutation costs 10.
        rateLimit: { rules: [{ by: 'address', capacity: 25, refillPerSecond: 0.001 }] },
      },
    });
    const note = (text: string) => ({ query: `mutation { addNote(text: "${text}") }` });
    const response = await fetch(`${limited.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': '192.0.2.1' },
      body: JSON.stringify([note('a'), note('b'), note('c')]),
    });
    expect(await response.json()).toMatchObject([
      { data: { addNote: 'a' } },
      { data: { addNote: 'b' } },
      { errors: [{ extensions: { code: 'RATE_LIMITED' } }] },
    ]);
    expect([response.status, response.headers.get('ratelimit-remaining')]).toEqual([200, '5']);
    expect(shop.notes).toEqual(['a', 'b']);
    await limited.stop();
  });

  it('takes the status of its refusals if all were refused alike', async () => {
    expect(await send([{ query: '{ nope }' }, null, 7])).toMatchObject({
      status: 400,
      body: [
        { errors: [{ message: expect.stringContaining('nope') as string }] },
        { errors: [{ message: expect.stringContaining('JSON object') as string }] },
        { errors: [{ message: expect.stringContaining('JSON object') as string }] },
      ],
    });
    const forged = await send([lamp, lamp], { authorization: 'Bearer x' });
    expect(forged).toMatchObject({
      status: 401,
      body: [{ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] }, {}],
    });
  });

  it('cannot hold a batch or a subscription', async () => {
    const { body } = await send([[lamp], { query: 'subscription { priceChanged { name } }' }, lamp], {
      accept: 'application/json, text/event-stream',
    });
    expect(body).toMatchObject([
      { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
      { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
      { data: { product: { name: 'Lamp' } } },
    ]);
    expect(shop.priceChanges.open).toBe(0);
  });

  it.each([
    ['empty', [], 400],
    ['too long', [lamp, lamp, lamp, lamp], 400],
  ])('is refused as a whole if it is %s', async (_what, batch, status) => {
    expect(await send(batch)).toMatchObject({
      status,
      body: { errors: [{ extensions: { limit: 'maxOperations', found: batch.length, most: 3 } }] },
    });
  });

  it('is JSON: who takes streams only is told so', async () => {
    expect((await send([lamp], { accept: 'text/event-stream' })).status).toBe(406);
  });

  it('is not taken unless it was switched on', async () => {
    running.gateway.configure({});
    expect(await send([lamp])).toMatchObject({
      status: 400,
      body: { errors: [{ message: 'Batches are not accepted. Send one operation a request.' }] },
    });
    running.gateway.configure({ batching: {} });
    expect((await send(Array.from({ length: 10 }, () => lamp))).status).toBe(200);
    expect((await send(Array.from({ length: 11 }, () => lamp))).status).toBe(400);
  });
});
