import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { until } from '@souk/testkit/waiting';
import { expect, it } from 'vitest';
import { silent } from '../../__fixtures__/tiny-shop.js';
import { createGateway } from '../../app.js';
import { readManifest } from '../../planning/warm-up.js';
import type { SubgraphTransport } from '../../transport/subgraph-transport.js';

const schema = path.join(import.meta.dirname, '../../../../schema');
const EACH = 300;

const INPUTS: Readonly<Record<string, object>> = {
  Register: { email: 'ada@souk.test', password: 'a-long-password', name: 'Ada' },
  AddToCart: { variantId: 'v1', quantity: 2 },
  PlaceOrder: {
    idempotencyKey: 'k1',
    email: 'ada@souk.test',
    paymentToken: 'tok_approve',
    shippingAddress: { name: 'Ada', line1: 'Here 1', postalCode: '1000', city: 'There', country: 'DE' },
  },
};

it('300 registrations, carts and orders pass from one address, even if all are under way at once', async () => {
  const asked: (() => void)[] = [];
  // No subgraph answers before all have been asked: nothing has been given back by then.
  const transport = (name: string): SubgraphTransport => ({
    name,
    execute: () => new Promise((resolve) => asked.push(() => resolve({ data: null }))),
    subscribe: () => Promise.reject(new Error('nobody subscribes here')),
    checkReady: async () => {},
    close: async () => {},
  });
  const gateway = createGateway({
    supergraphSdl: await readFile(path.join(schema, 'supergraph.graphql'), 'utf8'),
    transports: ({ name }) => transport(name),
    logger: silent,
    // The test itself comes from an address that is not counted otherwise.
    options: { rateLimit: { exempt: [] }, resilience: false },
  });
  const { url } = await gateway.listen({ host: '127.0.0.1', port: 0 });
  const operations = (await readManifest(path.join(schema, 'operations.json'))).filter(
    ({ operationName = '' }) => operationName in INPUTS,
  );
  expect(operations).toHaveLength(3);

  const answers: Promise<Response>[] = [];
  for (const { query, operationName = '' } of operations) {
    const body = JSON.stringify({ query, operationName, variables: { input: INPUTS[operationName] } });
    for (let n = 0; n < EACH; n += 1) {
      answers.push(
        fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body }),
      );
    }
  }
  const refused: number[] = [];
  for (const answer of answers) void answer.then(({ status }) => status !== 200 && refused.push(status));
  await until(() => refused.length > 0 || asked.length === 3 * EACH);
  for (const answer of asked) answer();
  const statuses = new Set((await Promise.all(answers)).map(({ status }) => status));
  await gateway.stop();
  expect([...statuses]).toEqual([200]);
});
