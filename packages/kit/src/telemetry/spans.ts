import {
  type Attributes,
  type Context,
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

export interface SpanOptions {
  /** @default 'internal' */
  readonly kind?: 'internal' | 'server' | 'client';
  /** Named by OpenTelemetry's semantic conventions where they have a name. Never a secret, never a variable's value. */
  readonly attributes?: Attributes;
  /** What it is part of. @default whatever runs now */
  readonly parent?: Context;
}

const KINDS = { internal: SpanKind.INTERNAL, server: SpanKind.SERVER, client: SpanKind.CLIENT };

const tracer = () => trace.getTracer('souk');

/**
 * Runs something inside a span: whatever it starts becomes a part of it. A failure is recorded and passed on.
 *
 * @example await inSpan('charge card', { kind: 'client' }, async (span) => { … });
 */
export async function inSpan<Result>(
  name: string,
  options: SpanOptions,
  run: (span: Span) => Promise<Result>,
): Promise<Result> {
  const { kind = 'internal', attributes = {}, parent = context.active() } = options;
  const span = tracer().startSpan(name, { kind: KINDS[kind], attributes }, parent);
  try {
    return await context.with(trace.setSpan(parent, span), run, undefined, span);
  } catch (error) {
    failSpan(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** Marks a span as failed. The message of the error is not taken: it may hold what a user typed. */
export function failSpan(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', error instanceof Error ? error.name : typeof error);
}

/** What a caller sent as `traceparent`, as the parent of new spans. */
export const contextFrom = (headers: Readonly<Record<string, unknown>>): Context =>
  propagation.extract(context.active(), headers, {
    get: (carrier, key) => {
      const value = carrier[key];
      return typeof value === 'string' ? value : undefined;
    },
    keys: (carrier) => Object.keys(carrier),
  });

/** The headers that tell the next service what this is part of; none if nothing is traced. */
export function traceHeaders(): readonly (readonly [name: string, value: string])[] {
  const headers: [string, string][] = [];
  propagation.inject(context.active(), headers, {
    set: (carrier, key, value) => void carrier.push([key, value]),
  });
  return headers;
}

/** The ids of what runs now, for log lines; undefined outside of a trace. */
export function traceIds(): { readonly trace_id: string; readonly span_id: string } | undefined {
  const span = trace.getSpanContext(context.active());
  return span && trace.isSpanContextValid(span)
    ? { trace_id: span.traceId, span_id: span.spanId }
    : undefined;
}

/** True while something is traced: database calls outside of any request get no spans of their own. */
export const isInSpan = (): boolean => trace.getSpan(context.active()) !== undefined;
