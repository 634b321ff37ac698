import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testMongo } from '@souk/testkit/mongo';
import { testPostgres } from '@souk/testkit/postgres';
import { type CollectedSpan, startTraceCollector, type TraceCollector } from '@souk/testkit/traces';
import { createLogger } from '../log/logger.js';
import { connectMongo } from '../mongo/connect.js';
import { createPool } from '../postgres/pool.js';
import { contextFrom, inSpan, isTracing, startTelemetry, type Telemetry, traceHeaders } from './index.js';

let collector: TraceCollector;
let telemetry: Telemetry;

beforeEach(async () => {
  collector = await startTraceCollector();
  telemetry = await startTelemetry({
    service: 'test',
    config: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER_ARG: 1 },
  });
});
afterEach(async () => {
  await telemetry.stop();
  collector.stop();
});

/** A span, once it is here: a stop does not wait long for the collector, so what was sent may come after it. */
async function arrived(name: string): Promise<CollectedSpan> {
  for (;;) {
    const span = collector.spans.find((candidate) => candidate.name === name);
    if (span) return span;
    await delay(5);
  }
}
const toServers = (): CollectedSpan[] => collector.spans.filter((span) => span.kind === 3);

describe('tracing', () => {
  it('goes on where the caller traces, and hands itself on', async () => {
    const caller = { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' };
    let headers: Record<string, string> = {};
    await inSpan('outer', { kind: 'server', parent: contextFrom(caller) }, () =>
      inSpan('inner', {}, async () => {
        headers = Object.fromEntries(traceHeaders());
      }),
    );
    await telemetry.stop();
    expect(headers['traceparent']).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01$/);
    const outer = await arrived('outer');
    expect(outer).toMatchObject({
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      parentSpanId: '00f067aa0ba902b7',
      kind: 2,
    });
    expect((await arrived('inner')).parentSpanId).toBe(outer.spanId);
  });

  it('marks what failed, without its message, and passes the failure on', async () => {
    await expect(inSpan('failing', {}, () => Promise.reject(new TypeError('password=1')))).rejects.toThrow();
    await telemetry.stop();
    expect((await arrived('failing')).status).toEqual({ code: 2 });
    expect(JSON.stringify(collector.spans)).toContain('TypeError');
    expect(JSON.stringify(collector.spans)).not.toContain('password');
  });

  it('puts its ids into log lines', async () => {
    const lines: string[] = [];
    const logger = createLogger({
      level: 'info',
      destination: { write: (line) => void lines.push(line) },
    });
    logger.info('outside');
    await inSpan('logged', {}, async () => logger.info('inside'));
    await telemetry.stop();
    const { traceId, spanId } = await arrived('logged');
    const [outside, inside] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(outside).not.toHaveProperty('trace_id');
    expect(inside).toMatchObject({ trace_id: traceId, span_id: spanId });
  });

  it('shows the queries of a request, and only those', async () => {
    const database = await testPostgres('telemetry');
    const pool = createPool({ url: database.url, logger: createLogger({ level: 'silent' }) });
    try {
      await pool.query('select 1 as untraced');
      await inSpan('request', {}, async () => {
        expect((await pool.query('select $1::int as n', [7])).rows).toEqual([{ n: 7 }]);
        const client = await pool.connect();
        await expect(client.query('select nothing from nowhere')).rejects.toThrow('nowhere');
        client.release();
      });
    } finally {
      await pool.end();
      await database.drop();
    }
    await telemetry.stop();
    const { spanId } = await arrived('request');
    const outlines = () => toServers().map((span) => [span.parentSpanId, span.status?.code ?? 0]);
    await expect.poll(outlines).toEqual([
      [spanId, 0],
      [spanId, 2],
    ]);
    expect(JSON.stringify(toServers())).toContain('select $1::int as n');
    expect(JSON.stringify(toServers())).toContain('postgresql');
  });
});

it('shows the commands to MongoDB of a request, and only those', async () => {
  const server = await testMongo('telemetry');
  const mongo = await connectMongo({
    url: server.url,
    database: server.database,
    logger: createLogger({ level: 'silent' }),
  });
  try {
    const lamps = mongo.database.collection('lamps');
    await lamps.insertOne({ name: 'untraced' });
    await inSpan('request', {}, async () => {
      expect(await lamps.findOne({ name: 'secret-lamp' })).toBeNull();
      await expect(mongo.database.command({ nonsense: 1 })).rejects.toThrow();
    });
  } finally {
    await mongo.close();
    await server.stop();
  }
  await telemetry.stop();
  const { spanId } = await arrived('request');
  const outlines = () =>
    toServers().map((span) => [span.name.split(' ')[0], span.parentSpanId, span.status?.code ?? 0]);
  await expect.poll(outlines).toEqual([
    ['find', spanId, 0],
    ['nonsense', spanId, 2],
  ]);
  expect(JSON.stringify(toServers())).not.toContain('secret-lamp');
});

it('is off without an endpoint', async () => {
  await telemetry.stop();
  const none = await startTelemetry({ service: 'test', config: { OTEL_TRACES_SAMPLER_ARG: 1 } });
  expect([isTracing(), traceHeaders()]).toEqual([false, []]);
  await none.stop();
});

it('a collector that is away holds nobody up', async () => {
  collector.stop();
  await inSpan('lost', {}, async () => {});
  const settled = vi.fn();
  await telemetry.stop().then(settled);
  expect(settled).toHaveBeenCalled();
});
