import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendRaw } from '../../__fixtures__/raw-socket.js';
import { type RunningGateway, startGateway } from '../../__fixtures__/start-gateway.js';
import { createTinyShop, type TinyShop } from '../../__fixtures__/tiny-shop.js';

let shop: TinyShop;
let running: RunningGateway;
beforeAll(async () => {
  shop = createTinyShop();
  running = await startGateway(shop.apps, { options: { server: { bodyLimit: 10_000 } } });
});
afterAll(() => running.stop());

const post = (body: string | ReadableStream, headers: Record<string, string> = {}) =>
  fetch(`${running.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    // undici asks for it with streams; the type of RequestInit does not know it.
    ...({ duplex: 'half' } as object),
  });
const get = (query: string, headers: Record<string, string> = {}) =>
  fetch(`${running.url}/graphql?query=${encodeURIComponent(query)}`, { headers });

/** What every refusal must be: JSON with a code, an id to ask for, and nothing of the inside. */
async function refusal(response: Response): Promise<{ status: number; message: string; code: unknown }> {
  const text = await response.text();
  expect(text).not.toMatch(/node_modules|\bat .+:\d+:\d+|\.ts:|stack/);
  expect(response.headers.get('x-request-id')).toMatch(/^[\w-]{8,}$/);
  const { errors, data } = JSON.parse(text) as {
    errors: { message: string; extensions: { code: string } }[];
    data?: unknown;
  };
  expect(data).toBeUndefined();
  return { status: response.status, message: errors[0]?.message ?? '', code: errors[0]?.extensions.code };
}

/** MAY rules that we decline on purpose: a GET without a sign of intent could come from any page. */
const DECLINED = new Map([['5A70', 'notice: Response status code is not 200']]);

describe('the GraphQL over HTTP specification', () => {
  it.each(
    serverAudits({ url: () => `${running.url}/graphql` }).map(
      (audit) => [audit.id, audit.name, audit] as const,
    ),
  )('%s %s', async (id, _name, audit) => {
    const result = await audit.fn();
    expect('reason' in result ? `${result.status}: ${result.reason}` : result.status).toBe(
      DECLINED.get(id) ?? 'ok',
    );
  });
});

describe('bad requests', () => {
  const NOT_JSON = '{"query": "{ __typename }"';
  it.each([
    ['broken JSON', NOT_JSON, /body is not valid JSON/],
    ['an empty body', '', /body is not valid JSON/],
    ['null', 'null', /must be a JSON object/],
    ['a batch', '[{"query":"{ __typename }"}]', /Batches are not accepted/],
    ['no query', '{}', /"query" must be a non-empty string, not missing/],
    ['a query of another type', '{"query": 7}', /"query" must be a non-empty string, not a number/],
    [
      'variables as a list',
      '{"query": "{ __typename }", "variables": []}',
      /"variables" must be an object, not a list/,
    ],
    [
      'variables as text',
      '{"query": "{ __typename }", "variables": "{}"}',
      /"variables" must be an object, not a string/,
    ],
    [
      'a number as operation name',
      '{"query": "{ __typename }", "operationName": 1}',
      /"operationName" must be a string/,
    ],
    [
      'extensions of another type',
      '{"query": "{ __typename }", "extensions": 1}',
      /"extensions" must be an object/,
    ],
  ])('%s', async (_what, body, message) => {
    const { status, message: told, code } = await refusal(await post(body));
    expect([status, code]).toEqual([400, 'BAD_USER_INPUT']);
    expect(told).toMatch(message);
  });

  it.each([
    ['a syntax error', '{ products { ', undefined, /Syntax Error/],
    ['an unknown field', '{ products { secret } }', undefined, /Cannot query field "secret"/],
    ['a missing variable', 'query Q($id: ID!) { product(id: $id) { name } }', undefined, /\$id/],
    [
      'a variable of the wrong type',
      'query Q($id: ID!) { product(id: $id) { name } }',
      { id: { a: 1 } },
      /\$id/,
    ],
    ['an unknown operation', 'query A { __typename } query B { __typename }', undefined, /A, B/],
    ['a subscription', 'subscription { priceChanged { id } }', undefined, /graphql-transport-ws/],
  ])('%s', async (_what, query, variables, message) => {
    const {
      status,
      message: told,
      code,
    } = await refusal(
      await post(JSON.stringify({ query, variables }), { accept: 'application/graphql-response+json' }),
    );
    expect([status, code]).toEqual([400, 'BAD_USER_INPUT']);
    expect(told).toMatch(message);
  });

  it('refuses a body over the limit, declared or in chunks, and stays up', async () => {
    const large = JSON.stringify({ query: `{ __typename } # ${'x'.repeat(20_000)}` });
    const chunked = new ReadableStream({
      start(controller) {
        for (let part = 0; part < 20; part += 1)
          controller.enqueue(new TextEncoder().encode(' '.repeat(1_000)));
        controller.close();
      },
    });
    for (const body of [large, chunked]) {
      expect(await refusal(await post(body))).toMatchObject({ status: 413, code: 'BAD_USER_INPUT' });
    }
    const lying = await sendRaw(
      running.port,
      'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 99999999\r\n\r\n{"query":',
    );
    expect(lying).toMatch(/^HTTP\/1\.1 413 /);
    expect((await running.ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
  });

  it.each([
    ['another content type', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['another charset', { 'content-type': 'application/json; charset=utf-16' }],
    ['a compressed body', { 'content-encoding': 'gzip' }],
  ])('refuses %s with 415', async (_what, headers) => {
    expect(await refusal(await post('{"query":"{ __typename }"}', headers))).toMatchObject({ status: 415 });
  });

  it('refuses bytes that are not UTF-8', async () => {
    const response = await fetch(`${running.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]),
    });
    expect(await refusal(response)).toMatchObject({
      status: 400,
      message: expect.stringContaining('UTF-8') as string,
    });
  });

  it('answers 405 with Allow to other methods, and to a mutation by GET, which is not run', async () => {
    const deleted = await fetch(`${running.url}/graphql`, { method: 'DELETE' });
    expect([deleted.status, deleted.headers.get('allow')]).toEqual([405, 'GET, POST']);
    const mutation = await get('mutation { addNote(text: "x") }', { accept: 'application/json' });
    expect([mutation.status, mutation.headers.get('allow')]).toEqual([405, 'POST']);
    expect(shop.notes).toEqual([]);
  });

  it('survives bytes that are no HTTP at all', async () => {
    expect(await sendRaw(running.port, '\u0000\u0001 nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect((await running.ask('{ __typename }')).status).toBe(200);
  });
});

describe('cross-site requests', () => {
  it('refuses a GET that any page could make, and takes one that shows it is meant', async () => {
    expect((await get('{ __typename }', { accept: '*/*' })).status).toBe(403);
    expect((await get('{ __typename }', { accept: '*/*', 'apollo-require-preflight': 'true' })).status).toBe(
      200,
    );
    expect((await get('{ __typename }', { accept: 'application/json' })).status).toBe(200);
  });

  it('sends a browser that visits the endpoint to the playground, if there is one', async () => {
    const visit = (url: string) =>
      fetch(`${url}/graphql`, { headers: { accept: 'text/html,*/*;q=0.8' }, redirect: 'manual' });
    expect((await visit(running.url)).status).toBe(400);
    const other = await startGateway(shop.apps, { playgroundDir: '/nowhere' });
    const sent = await visit(other.url);
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/playground/']);
    await other.stop();
  });
});
