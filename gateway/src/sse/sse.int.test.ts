import { until } from '@souk/testkit/waiting';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningGateway, startGateway } from '../__fixtures__/start-gateway.js';
import { createTinyShop, type TinyShop } from '../__fixtures__/tiny-shop.js';
import { createTokenMint, type TokenMint } from '../__fixtures__/tokens.js';

const WATCH = 'subscription { priceChanged(above: 1) { name price stock } }';
let shop: TinyShop;
let mint: TokenMint;
let running: RunningGateway;

beforeEach(async () => {
  shop = createTinyShop();
  mint = await createTokenMint();
  running = await startGateway(shop.apps, { issuers: [mint.issuer] });
});
afterEach(() => running.stop());

interface EventReader {
  readonly response: Response;
  /** The next event: its name and what its data says. */
  next(): Promise<{ readonly event: string; readonly data: unknown } | undefined>;
}

async function open(
  query: string,
  { headers = {}, accept = 'text/event-stream' }: { headers?: Record<string, string>; accept?: string } = {},
): Promise<EventReader & { leave(): void }> {
  const gone = new AbortController();
  const response = await fetch(`${running.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, ...headers },
    body: JSON.stringify({ query }),
    signal: gone.signal,
  });
  return { ...readEvents(response), leave: () => gone.abort() };
}

function readEvents(response: Response): EventReader {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    response,
    async next() {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end >= 0) {
          const block = text.slice(0, end);
          text = text.slice(end + 2);
          if (block.startsWith(':')) continue;
          const event = /^event: (.*)$/m.exec(block)?.[1] ?? '';
          const data = /^data: ?(.*)$/m.exec(block)?.[1] ?? '';
          return { event, data: data === '' ? undefined : (JSON.parse(data) as unknown) };
        }
        const step = await reader?.read();
        if (!step || step.done) return undefined;
        text += step.value;
      }
    },
  };
}

const change = (price: number): void => shop.priceChanges.push({ priceChanged: { id: 'p1', price } });

describe('GraphQL over SSE', () => {
  it('pushes joined events, and completes when the stream ends', async () => {
    const events = await open(WATCH);
    expect(events.response.status).toBe(200);
    expect(events.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    await until(() => shop.priceChanges.open === 1);
    change(11);
    expect(await events.next()).toEqual({
      event: 'next',
      data: { data: { priceChanged: { name: 'Lamp', price: 11, stock: 3 } } },
    });
    change(12);
    expect(await events.next()).toMatchObject({ data: { data: { priceChanged: { price: 12 } } } });
    shop.priceChanges.end();
    expect(await events.next()).toEqual({ event: 'complete', data: undefined });
    expect(await events.next()).toBeUndefined();
  });

  it('answers queries and mutations the same way', async () => {
    const query = await open('{ product(id: "p1") { name stock } }');
    expect(await query.next()).toEqual({
      event: 'next',
      data: { data: { product: { name: 'Lamp', stock: 3 } } },
    });
    expect(await query.next()).toMatchObject({ event: 'complete' });
    const mutation = await open('mutation { addNote(text: "hello") }');
    expect(await mutation.next()).toMatchObject({ event: 'next', data: { data: { addNote: 'hello' } } });
    expect(shop.notes).toEqual(['hello']);
  });

  it('streams to a GET as to a POST, and leaves when its client does', async () => {
    const gone = new AbortController();
    const address = new URL(`${running.url}/graphql`);
    address.searchParams.set(
      'query',
      'subscription ($above: Int!) { priceChanged(above: $above) { name price } }',
    );
    address.searchParams.set('variables', JSON.stringify({ above: 1 }));
    const events = readEvents(
      await fetch(address, {
        headers: { accept: 'text/event-stream', 'apollo-require-preflight': 'true' },
        signal: gone.signal,
      }),
    );
    expect(events.response.status).toBe(200);
    expect(events.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    await until(() => shop.priceChanges.open === 1);
    for (const price of [11, 12]) {
      change(price);
      expect(await events.next()).toEqual({
        event: 'next',
        data: { data: { priceChanged: { name: 'Lamp', price } } },
      });
    }
    gone.abort();
    await until(() => shop.priceChanges.open === 0);
  });

  it('completes a stream by GET', async () => {
    const address = new URL(`${running.url}/graphql`);
    address.searchParams.set('query', WATCH);
    const events = readEvents(
      await fetch(address, { headers: { accept: 'text/event-stream', 'apollo-require-preflight': 'true' } }),
    );
    await until(() => shop.priceChanges.open === 1);
    shop.priceChanges.end();
    expect(await events.next()).toEqual({ event: 'complete', data: undefined });
    expect(await events.next()).toBeUndefined();
  });

  it('leaves the owner at once when its client leaves', async () => {
    const events = await open(WATCH);
    await until(() => shop.priceChanges.open === 1);
    events.leave();
    await until(() => shop.priceChanges.open === 0);
  });

  it('tells why a stream broke, then completes', async () => {
    const events = await open(WATCH);
    await until(() => shop.priceChanges.open === 1);
    shop.priceChanges.fail(new Error('secret reason'));
    const failure = await events.next();
    expect(failure).toMatchObject({ event: 'next', data: { errors: [{ extensions: { retryable: true } }] } });
    expect(JSON.stringify(failure)).not.toContain('secret');
    expect(await events.next()).toMatchObject({ event: 'complete' });
  });

  it('ends when the access token runs out', async () => {
    const inTwoSeconds = async (): Promise<EventReader> => {
      const token = await mint.sign({ sub: 'u1' }, Math.floor(Date.now() / 1_000) + 2);
      return open(WATCH, { headers: { authorization: `Bearer ${token}` } });
    };
    let events = await inTwoSeconds();
    // On a machine that pauses it may have run out on its way.
    while (events.response.status === 401) events = await inTwoSeconds();
    expect(await events.next()).toMatchObject({
      event: 'next',
      data: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    });
    expect(await events.next()).toMatchObject({ event: 'complete' });
    await until(() => shop.priceChanges.open === 0);
  });

  it('completes its streams when the gateway stops, so that clients go elsewhere', async () => {
    const events = await open(WATCH);
    await until(() => shop.priceChanges.open === 1);
    const stopped = running.stop();
    expect(await events.next()).toMatchObject({ event: 'complete' });
    await stopped;
    expect(shop.priceChanges.open).toBe(0);
  });

  it('refuses before the stream what is not a valid request', async () => {
    const invalid = await open('subscription { nothing }');
    expect([invalid.response.status, invalid.response.headers.get('content-type')]).toEqual([
      400,
      'application/graphql-response+json; charset=utf-8',
    ]);
    const forged = await open(WATCH, {
      headers: { authorization: `Bearer ${await mint.forge({ sub: 'u1' })}` },
    });
    expect(forged.response.status).toBe(401);
    expect(shop.priceChanges.open).toBe(0);
  });

  it('lets clients that understand both get JSON for a result and a stream for a subscription', async () => {
    const both = 'application/graphql-response+json, application/json, text/event-stream';
    const query = await open('{ product(id: "p1") { name } }', { accept: both });
    expect(query.response.headers.get('content-type')).toContain('application/graphql-response+json');
    const events = await open(WATCH, { accept: both });
    expect(events.response.headers.get('content-type')).toContain('text/event-stream');
    events.leave();
  });

  it('needs to be asked for: a subscription over plain HTTP says how', async () => {
    const plain = await open(WATCH, { accept: 'application/graphql-response+json' });
    expect(plain.response.status).toBe(400);
    const text = JSON.stringify(await running.ask(WATCH));
    expect(text).toContain('text/event-stream');
    expect(text).toContain('graphql-transport-ws');
  });
});
