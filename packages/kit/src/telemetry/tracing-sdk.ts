import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';

/** Longest time that sending the last spans may hold up a stop, in milliseconds. */
const FLUSH_MS = 2_000;

/** Registers the SDK with OpenTelemetry's API. @returns how to take it back */
export function startTracing(options: {
  readonly service: string;
  readonly endpoint: string;
  readonly ratio: number;
}): () => Promise<void> {
  const { service, endpoint, ratio } = options;
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.namespace': 'souk' }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return async () => {
    const late = new Promise<void>((resolve) => {
      setTimeout(resolve, FLUSH_MS).unref();
    });
    // A collector that is away must not keep a service from stopping.
    await Promise.race([provider.shutdown().catch(() => {}), late]);
    trace.disable();
    propagation.disable();
    context.disable();
  };
}
