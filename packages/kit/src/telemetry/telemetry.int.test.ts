import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testPostgres } from '@souk/testkit/postgres';
import { createLogger } from '../log/logger.js';
import { createPool } from '../postgres/pool.js';
import { contextFrom, inSpan, isTracing, startTelemetry, type Telemetry, traceHeaders } from './index.js';

/** One span as OTLP's JSON has it; the tests read a few fields. */
interface SentSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly kind: number;
  readonly status?: { readonly code?: number };
  readonly attributes: readonly { key: string; value: { stringValue?: string } }[];
}

let collector: Server;
let received: SentSpan[];
let telemetry: Telemetry;

beforeEach(async () => {
  received = [];
  collector = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      // OTLP's JSON: resourceSpans, scopeSpans, spans.
      const body = JSON.parse(Buffer.concat(chunks).toString()) as {
        resourceSpans: { scopeSpans: { spans: SentSpan[] }[] }[];
      };
      for (const resource of body.resourceSpans)
        for (const scope of resource.scopeSpans) received.push(...scope.spans);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a string.
  const { port } = collector.address() as AddressInfo;
  telemetry = await startTelemetry({
    service: 'test',
    config: { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`, OTEL_TRACES_SAMPLER_ARG: 1 },
  });
});
afterEach(async () => {
  await telemetry.stop();
  collector.closeAllConnections();
  collector.close();
});

const named = (name: string): SentSpan | undefined => received.find((span) => span.name === name);

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
    expect(named('outer')).toMatchObject({
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      parentSpanId: '00f067aa0ba902b7',
      kind: 2,
    });
    expect(named('inner')?.parentSpanId).toBe(named('outer')?.spanId);
  });

  it('marks what failed, without its message, and passes the failure on', async () => {
    await expect(inSpan('failing', {}, () => Promise.reject(new TypeError('password=1')))).rejects.toThrow();
    await telemetry.stop();
    expect(named('failing')?.status).toEqual({ code: 2 });
    expect(JSON.stringify(received)).toContain('TypeError');
    expect(JSON.stringify(received)).not.toContain('password');
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
    const [outside, inside] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(outside).not.toHaveProperty('trace_id');
    expect(inside).toMatchObject({ trace_id: named('logged')?.traceId, span_id: named('logged')?.spanId });
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
    const queries = received.filter((span) => span.kind === 3);
    expect(queries.map((span) => [span.parentSpanId, span.status?.code ?? 0])).toEqual([
      [named('request')?.spanId, 0],
      [named('request')?.spanId, 2],
    ]);
    expect(JSON.stringify(queries)).toContain('select $1::int as n');
    expect(JSON.stringify(queries)).toContain('postgresql');
  });
});

it('is off without an endpoint', async () => {
  await telemetry.stop();
  const none = await startTelemetry({ service: 'test', config: { OTEL_TRACES_SAMPLER_ARG: 1 } });
  expect([isTracing(), traceHeaders()]).toEqual([false, []]);
  await none.stop();
});

it('a collector that is away holds nobody up', async () => {
  collector.closeAllConnections();
  collector.close();
  await inSpan('lost', {}, async () => {});
  const settled = vi.fn();
  await telemetry.stop().then(settled);
  expect(settled).toHaveBeenCalled();
});
