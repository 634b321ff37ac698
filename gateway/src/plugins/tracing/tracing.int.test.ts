import { createLogger } from '@souk/kit/log';
import { createPool } from '@souk/kit/postgres';
import { serveSubgraph, type ServedSubgraph } from '@souk/kit/server';
import { createSubgraph } from '@souk/kit/subgraph';
import { startTelemetry, type Telemetry } from '@souk/kit/telemetry';
import { testPostgres } from '@souk/testkit/postgres';
import { type CollectedSpan, startTraceCollector, type TraceCollector } from '@souk/testkit/traces';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type RunningGateway, startGateway } from '../../__fixtures__/start-gateway.js';
import { createTinyShop, silent } from '../../__fixtures__/tiny-shop.js';
import { httpTransport } from '../../transport/http.js';

const secret = 'a-secret-of-thirty-two-characters-or-more';
const caller = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
let collector: TraceCollector;
let telemetry: Telemetry;
let served: ServedSubgraph[] = [];
let running: RunningGateway | undefined;

beforeEach(async () => {
  collector = await startTraceCollector();
  telemetry = await startTelemetry({
    service: 'gateway',
    config: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER_ARG: 1 },
  });
});
afterEach(async () => {
  await running?.stop();
  await Promise.all(served.map((subgraph) => subgraph.stop()));
  served = [];
  await telemetry.stop();
  collector.stop();
});

const parentOf = (span: CollectedSpan | undefined): CollectedSpan | undefined =>
  collector.spans.find(({ spanId }) => spanId === span?.parentSpanId);

/** As OTLP's JSON has them, numbers and texts alike. */
const attributesOf = (span: CollectedSpan | undefined): Record<string, string> =>
  Object.fromEntries(
    (span?.attributes ?? []).map(({ key, value }) => [key, String(Object.values(value)[0])]),
  );

it('one trace leads from the client through the gateway into each subgraph, and into the log', async () => {
  const { apps } = createTinyShop();
  const lines: string[] = [];
  const logger = createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } });
  served = await Promise.all(
    apps.map((app) =>
      serveSubgraph(app, { host: '127.0.0.1', port: 0, secret, logger: silent, drainMs: 100 }),
    ),
  );
  const urls = new Map(apps.map((app, index) => [app.name, `${served[index]?.url}/graphql`]));
  running = await startGateway(apps, {
    transports: ({ name }) => httpTransport({ name, url: urls.get(name) ?? '', secret }),
    logger,
  });
  const answer = await running.ask('query Page { product(id: "p1") { name stock } }', {
    headers: { traceparent: caller, 'apollographql-client-name': 'phone' },
  });
  expect(answer.data).toEqual({ product: { name: 'Lamp', stock: 3 } });
  await telemetry.stop();

  const traceId = caller.split('-')[1];
  expect(new Set(collector.spans.map((span) => span.traceId))).toEqual(new Set([traceId]));
  const [line] = lines.filter((one) => one.includes('"msg":"request"'));
  expect(JSON.parse(line ?? '{}')).toMatchObject({ operation: 'Page', trace_id: traceId });
  const operation = collector.spans.find(({ name }) => name === 'query Page');
  expect(parentOf(operation)).toMatchObject({
    name: 'POST /graphql',
    kind: 2,
    parentSpanId: caller.split('-')[2],
  });
  for (const subgraph of ['products', 'inventory']) {
    const fetch = collector.spans.find(({ name }) => name === `POST ${subgraph}`);
    expect(parentOf(fetch)?.spanId).toBe(operation?.spanId);
    const { hostname, port } = new URL(urls.get(subgraph) ?? '');
    expect(attributesOf(fetch)).toMatchObject({
      'http.request.method': 'POST',
      'server.address': hostname,
      'server.port': port,
      'url.full': urls.get(subgraph),
      'souk.subgraph': subgraph,
    });
    const inside = collector.spans.filter((span) => span.parentSpanId === fetch?.spanId);
    expect(inside).toMatchObject([{ name: 'POST /graphql', kind: 2 }]);
  }
  expect(attributesOf(operation)).toMatchObject({
    'graphql.operation.name': 'Page',
    'graphql.operation.type': 'query',
    'souk.client.name': 'phone',
  });
  expect(attributesOf(parentOf(operation))).toMatchObject({
    'http.request.method': 'POST',
    'http.response.status_code': '200',
    'http.route': '/graphql',
    'url.path': '/graphql',
    'url.scheme': 'http',
  });
});

it('and from there into the database', async () => {
  const database = await testPostgres('tracing');
  const pool = createPool({ url: database.url, logger: silent });
  const ledger = createSubgraph({
    name: 'ledger',
    sdl: 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9") type Query { entries: Int }',
    resolvers: {
      Query: {
        entries: async () => {
          const { rows } = await pool.query<{ entries: number }>('select 7 as entries');
          return rows[0]?.entries;
        },
      },
    },
    logger: silent,
    createContext: () => ({}),
  });
  const server = await serveSubgraph(ledger, {
    host: '127.0.0.1',
    port: 0,
    secret,
    logger: silent,
    drainMs: 100,
  });
  served = [server];
  try {
    running = await startGateway([ledger], {
      transports: ({ name }) => httpTransport({ name, url: `${server.url}/graphql`, secret }),
    });
    const answer = await running.ask('query Books { entries }', { headers: { traceparent: caller } });
    expect(answer.data).toEqual({ entries: 7 });
  } finally {
    await pool.end();
    await database.drop();
  }
  await telemetry.stop();
  const query = collector.spans.find((span) => JSON.stringify(span.attributes).includes('select 7'));
  const way: string[] = [];
  for (let span = query; span; span = parentOf(span)) way.push(span.name);
  expect(way.slice(1)).toEqual(['POST /graphql', 'POST ledger', 'query Books', 'POST /graphql']);
  expect(query).toMatchObject({ traceId: caller.split('-')[1], kind: 3 });
});

it('spans hold no variables, and a failed subgraph is marked', async () => {
  const shop = createTinyShop();
  shop.inventory = 'throws';
  running = await startGateway(shop.apps);
  await running.ask('query Page($id: ID!) { product(id: $id) { stock } }', {
    variables: { id: 'p1-private' },
  });
  await running.ask('query Page { product(id: "p1") { stock } }');
  await telemetry.stop();
  expect(JSON.stringify(collector.spans)).not.toMatch(/p1-private|hunter2/);
  const failed = collector.spans.filter(({ name }) => name === 'POST inventory');
  expect(JSON.stringify(failed.map(({ attributes }) => attributes))).toContain('souk.fetch.errors');
});
