import { type Document, MongoClient } from 'mongodb';
import type { DeadLetter, EventFact } from './facts.js';
import type { Reader } from './reader.js';

interface EventRow {
  readonly id: string;
  readonly type: string;
  readonly position: string | null;
  readonly aggregate_id: string;
  readonly version: string;
  readonly occurred_at: Date;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** A log of a service on PostgreSQL. Events that have no position yet come last. */
export async function eventsOfPostgres(reader: Reader, service: string): Promise<EventFact[]> {
  const rows = await reader.query<EventRow>(
    service,
    `SELECT id, type, position, aggregate_id, version, occurred_at, payload FROM events.outbox
     ORDER BY position NULLS LAST, sequence`,
  );
  return rows.map((row) => ({
    id: row.id,
    source: service,
    type: row.type,
    position: Number(row.position ?? 0),
    aggregateId: row.aggregate_id,
    version: Number(row.version),
    at: row.occurred_at.getTime(),
    payload: row.payload,
  }));
}

interface EventDocument extends Document {
  readonly _id: string;
  readonly type: string;
  readonly position: number;
  readonly aggregateId: string;
  readonly version: number;
  readonly occurredAt: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Logs and dead letters of services on MongoDB. */
export async function readMongo(
  url: string,
  services: readonly string[],
): Promise<{ readonly events: EventFact[]; readonly deadLetters: DeadLetter[] }> {
  const client = await new MongoClient(url).connect();
  try {
    const events: EventFact[] = [];
    const deadLetters: DeadLetter[] = [];
    for (const source of services) {
      const database = client.db(`souk_${source}`);
      const documents = await database
        .collection<EventDocument>('events')
        .find()
        .sort({ position: 1 })
        .toArray();
      for (const { _id: id, occurredAt, type, position, aggregateId, version, payload } of documents) {
        const at = Date.parse(occurredAt);
        events.push({ id, source, type, position, aggregateId, version, at, payload });
      }
      const letters = await database
        .collection<{ event: { type: string; payload: { orderId?: string } }; error: string }>('dead_letters')
        .find()
        .toArray();
      for (const { event, error } of letters) deadLetters.push(letter(source, event, error));
    }
    return { events, deadLetters };
  } finally {
    await client.close();
  }
}

/** What a service on PostgreSQL could not take in. */
export async function deadLettersOfPostgres(reader: Reader, service: string): Promise<DeadLetter[]> {
  const rows = await reader.query<{
    event: { type: string; payload: { orderId?: string } };
    error: string;
  }>(service, 'SELECT event, error FROM events.dead_letters');
  return rows.map(({ event, error }) => letter(service, event, error));
}

const letter = (
  consumer: string,
  { type, payload: { orderId } }: { type: string; payload: { orderId?: string } },
  error: string,
): DeadLetter => ({ consumer, type, error, ...(orderId === undefined ? {} : { orderId }) });
