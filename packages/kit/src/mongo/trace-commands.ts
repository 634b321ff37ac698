import { context, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { MongoClient } from 'mongodb';
import { isInSpan } from '../telemetry/spans.js';

/** Commands of the driver's own housekeeping. */
const HOUSEKEEPING: ReadonlySet<string> = new Set(['hello', 'ismaster', 'ping', 'endSessions']);

/** Gives the commands of a client spans, as parts of the request that sends them. Needs `monitorCommands`. */
export function traceCommands(client: MongoClient): void {
  const open = new Map<number, Span>();
  const end = (requestId: number, status?: SpanStatusCode): void => {
    const span = open.get(requestId);
    open.delete(requestId);
    if (status !== undefined) span?.setStatus({ code: status });
    span?.end();
  };
  client.on('commandStarted', ({ requestId, commandName, databaseName, command }) => {
    if (HOUSEKEEPING.has(commandName) || !isInSpan()) return;
    const collection: unknown = command[commandName];
    const target = typeof collection === 'string' ? collection : databaseName;
    const attributes = {
      'db.system.name': 'mongodb',
      'db.namespace': databaseName,
      'db.operation.name': commandName,
      ...(typeof collection === 'string' ? { 'db.collection.name': collection } : {}),
    };
    open.set(
      requestId,
      trace
        .getTracer('souk')
        .startSpan(`${commandName} ${target}`, { kind: SpanKind.CLIENT, attributes }, context.active()),
    );
  });
  client.on('commandSucceeded', ({ requestId }) => end(requestId));
  client.on('commandFailed', ({ requestId }) => end(requestId, SpanStatusCode.ERROR));
}
