import { request as httpRequest } from 'node:http';
import { until } from '@souk/testkit/waiting';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TIME_LEFT_HEADER } from '../auth/time-left.js';
import type { CancelSignal } from '../lifecycle/cancellation.js';
import { createLogger } from '../log/logger.js';
import type { SubgraphApp } from '../subgraph/app.js';
import { createSubgraph } from '../subgraph/create-subgraph.js';
import { type ServedSubgraph, serveSubgraph } from './serve-subgraph.js';

const sdl = /* GraphQL */ `
  type Query {
    slow: Slow
    quick: String
  }
  type Slow {
    next: String
  }
  type Mutation {
    first: Slow
    second: String
  }
`;

let served: ServedSubgraph;
let begun: string[];
/** Of each operation: whether the server knows that nobody waits any more. */
let signals: (CancelSignal | undefined)[];
let finish: () => void;
beforeEach(async () => {
  begun = [];
  signals = [];
  const stuck = (name: string) => async () => {
    begun.push(name);
    await new Promise<void>((resolve) => (finish = resolve));
    return {};
  };
  const quick = (name: string) => () => (begun.push(name), name);
  const logger = createLogger({ level: 'silent' });
  const app = createSubgraph({
    name: 'slow',
    sdl,
    resolvers: {
      Query: { slow: stuck('slow'), quick: quick('quick') },
      Mutation: { first: stuck('first'), second: quick('second') },
      Slow: { next: quick('next') },
    },
    logger,
    createContext: (request) => request,
  });
  const createContext: SubgraphApp['createContext'] = (request, signal) => {
    signals.push(signal);
    return app.createContext(request, signal);
  };
  served = await serveSubgraph(
    { ...app, createContext },
    {
      host: '127.0.0.1',
      port: 0,
      secret: 'a-shared-secret-of-at-least-32-characters',
      logger,
      drainMs: 200,
    },
  );
});
afterEach(() => served.stop());

const post = (query: string, headers: Record<string, string>, signal?: AbortSignal): Promise<Response> =>
  fetch(`${served.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
    ...(signal ? { signal } : {}),
  });
/** Asks with little time, again if that was over before a resolver had begun. */
async function askInHaste(query: string): Promise<Response> {
  for (;;) {
    const response = await post(query, { [TIME_LEFT_HEADER]: '50' });
    if (begun.length > 0) return response;
  }
}
/** Lets whatever could still begin begin. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

it('answers TIMEOUT when the time that the caller gave is over, and begins no further resolver', async () => {
  const response = await askInHaste('{ slow { next } }');
  expect(response.status).toBe(504);
  expect(await response.json()).toMatchObject({
    errors: [{ extensions: { code: 'TIMEOUT', retryable: true } }],
  });
  finish();
  await settle();
  expect(begun).toEqual(['slow']);
});

it('stops as well when the caller hangs up', async () => {
  const caller = new AbortController();
  const asked = post('{ slow { next } }', {}, caller.signal).catch(() => {});
  await until(() => begun.length === 1);
  caller.abort();
  await asked;
  await until(() => signals.every((signal) => signal?.aborted));
  finish();
  await settle();
  expect(begun).toEqual(['slow']);
});

it('finishes a mutation that began', async () => {
  expect((await askInHaste('mutation { first { next } second }')).status).toBe(504);
  finish();
  await until(() => begun.includes('second'));
  expect(begun).toEqual(['first', 'second']);
});

it('takes its time when the caller says nothing, or nothing sensible', async () => {
  for (const said of [{}, { [TIME_LEFT_HEADER]: 'soon' }, { [TIME_LEFT_HEADER]: '-1' }]) {
    begun = [];
    const answer = post('{ slow { next } quick }', said);
    await until(() => begun.includes('slow'));
    await settle();
    finish();
    expect(await (await answer).json()).toEqual({ data: { slow: { next: 'next' }, quick: 'quick' } });
  }
});

it('says 413 to a body above the limit, announced or not, and goes on', async () => {
  const tooMuch = 8 * 1024 * 1024 + 1;
  const send = (headers: Record<string, string | number>, bytes: number): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const request = httpRequest(`${served.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
      });
      request.on('response', (response) => {
        resolve(response.statusCode);
        response.resume();
        request.destroy();
      });
      request.on('error', reject);
      request.write(Buffer.alloc(bytes, ' '));
      if (bytes > 10) request.end();
    });
  expect(await send({ 'content-length': tooMuch }, 10)).toBe(413);
  expect(await send({ 'transfer-encoding': 'chunked' }, tooMuch)).toBe(413);
  expect(await (await post('{ quick }', {})).json()).toEqual({ data: { quick: 'quick' } });
});
