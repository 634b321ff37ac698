import { afterEach, beforeEach, expect, it } from 'vitest';
import { type RunningGateway, startGateway } from '../../__fixtures__/start-gateway.js';
import { createTinyShop, type TinyShop } from '../../__fixtures__/tiny-shop.js';

let shop: TinyShop;
let running: RunningGateway;
beforeEach(async () => {
  shop = createTinyShop();
  running = await startGateway(shop.apps);
});
afterEach(() => running.stop());

const scrape = async (): Promise<string> => (await fetch(`${running.url}/metrics`)).text();

/** The value of the one series of this name that has these labels and no others, but for those of a histogram. */
function valueOf(
  text: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const wanted = Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .sort()
    .join();
  const found = text.split('\n').flatMap((line) => {
    const [, series, inside = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    const sorted = [...inside.matchAll(/\w+="[^"]*"/g)].map(String).sort().join();
    return series === name && sorted === wanted ? [Number(value)] : [];
  });
  return found[0];
}

const operations = (text: string, name: string, outcome: string, type?: string): number | undefined =>
  valueOf(text, 'souk_gateway_operation_duration_seconds_count', {
    graphql_operation_name: name,
    ...(type === undefined ? {} : { graphql_operation_type: type }),
    outcome,
  });

it('counts operations, clients, fetches, plans and requests', async () => {
  const phone = { headers: { 'graphql-client-name': 'phone' } };
  await running.ask('query Page { products { stock } }', phone);
  await running.ask('query Page { products { stock } }', phone);
  shop.inventory = 'throws';
  await running.ask('query Page { products { stock } }');
  await running.ask('query Broken { nothing }', phone);
  await fetch(`${running.url}/health`);
  await fetch(`${running.url}/no/such/page`);
  const text = await scrape();

  expect(operations(text, 'Page', 'ok', 'query')).toBe(2);
  expect(operations(text, 'Page', 'partial', 'query')).toBe(1);
  expect(operations(text, '(invalid)', 'refused')).toBe(1);
  const clients = 'souk_gateway_client_operations_total';
  expect(valueOf(text, clients, { client_name: 'phone', outcome: 'ok' })).toBe(2);
  expect(valueOf(text, clients, { client_name: 'phone', outcome: 'refused' })).toBe(1);
  expect(valueOf(text, clients, { client_name: '(unnamed)', outcome: 'partial' })).toBe(1);
  const fetches = 'http_client_request_duration_seconds_count';
  expect(valueOf(text, fetches, { subgraph: 'inventory', http_request_method: 'POST' })).toBe(3);
  const lookups = 'souk_gateway_cache_lookups_total';
  expect(valueOf(text, lookups, { cache: 'plan', result: 'miss' })).toBe(1);
  expect(valueOf(text, lookups, { cache: 'plan', result: 'hit' })).toBe(2);
  const requests = (method: string, status: string, route: object): number | undefined =>
    valueOf(text, 'http_server_request_duration_seconds_count', {
      http_request_method: method,
      http_response_status_code: status,
      url_scheme: 'http',
      ...route,
    });
  expect(requests('POST', '200', { http_route: '/graphql' })).toBe(3);
  expect(requests('POST', '400', { http_route: '/graphql' })).toBe(1);
  expect(requests('GET', '200', { http_route: '/health' })).toBe(1);
  expect(requests('GET', '404', {})).toBe(1);
  expect(text).toContain('process_resident_memory_bytes');
});

it('tells clients that left, and leaves streams out', async () => {
  const leaving = new AbortController();
  const asked = fetch(`${running.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ slow }' }),
    signal: leaving.signal,
  });
  await expect.poll(() => shop.finishSlow).toBeDefined();
  leaving.abort();
  await expect(asked).rejects.toThrow();
  const left = {
    http_request_method: 'POST',
    http_route: '/graphql',
    url_scheme: 'http',
    error_type: 'client_left',
  };
  const count = 'http_server_request_duration_seconds_count';
  await expect.poll(async () => valueOf(await scrape(), count, left)).toBe(1);

  const stream = await fetch(`${running.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: '{ whoami }' }),
  });
  expect(await stream.text()).toContain('event: complete');
  expect(await scrape()).not.toMatch(
    /^http_server_request_duration_seconds_count\{.*status_code="200".*graphql/m,
  );
});

it('clients cannot make labels without end', async () => {
  const long = `Long${'x'.repeat(5_000)}`;
  for (let n = 0; n < 230; n += 1) {
    await running.ask(`query Made${n} { __typename }`, { headers: { 'graphql-client-name': `client ${n}` } });
  }
  await running.ask(`query ${long} { __typename }`, { headers: { 'graphql-client-name': long } });
  await fetch(`${running.url}/graphql`, { method: 'PROPFIND' });
  const text = await scrape();
  expect(operations(text, '(other)', 'ok', 'query')).toBe(31);
  const others = { client_name: '(other)', outcome: 'ok' };
  expect(valueOf(text, 'souk_gateway_client_operations_total', others)).toBe(181);
  expect(text).not.toMatch(/"\w{101}/);
  expect(text).toContain('http_request_method="_OTHER"');
});
