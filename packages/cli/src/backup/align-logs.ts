import { randomUUID } from 'node:crypto';
import type { Document, MongoClient } from 'mongodb';
import pg from 'pg';
import { systemCode } from '../clear-error.js';
import type { Servers } from '../databases/start-databases.js';
import { databasesOf } from '../services/databases-of.js';
import { type Marked, findAhead } from './cut.js';
import type { StoredService } from './databases.js';
import type { Marks } from './manifest.js';
import { EVENTS, readMongoMarks } from './mongo/marks.js';
import { readPostgresMarks } from './postgres/marks.js';

/** What {@link alignLogs} needs. */
export interface AlignOptions {
  readonly services: readonly StoredService[];
  readonly servers: Servers;
  readonly mongo: MongoClient;
  readonly clock: () => Date;
}

/** A log that was shorter than what others had read of it. */
export interface LogRepair {
  readonly owner: string;
  /** Where the log ended. */
  readonly head: number;
  /** Where it goes on: the furthest that anybody had read. */
  readonly position: number;
  readonly consumers: readonly string[];
}

/**
 * Makes sure that no event written from now on is missed. A log that was restored older than its consumers would give its
 * next events positions that those have read already, and they would never ask for them again; so it gets one event,
 * `log.restored`, at the furthest position that anybody has read, and goes on behind it. What was lost in between stays
 * lost: it is told, not hidden.
 *
 * After a whole backup there is nothing to do: its databases fit together.
 */
export async function alignLogs(options: AlignOptions): Promise<LogRepair[]> {
  const marked: Marked[] = [];
  for (const service of options.services) {
    const marks = await marksOf(service, options);
    if (marks) marked.push({ service: service.name, marks });
  }
  const repairs: LogRepair[] = [];
  for (const service of options.services) {
    const ahead = findAhead(marked).filter(({ owner }) => owner === service.name);
    const [first] = ahead;
    if (first === undefined) continue;
    const position = Math.max(...ahead.map((one) => one.position));
    const consumers = [...new Set(ahead.map(({ consumer }) => consumer))];
    const repair = { owner: service.name, head: first.head, position, consumers };
    await appendMarker(service, repair, options);
    repairs.push(repair);
  }
  return repairs;
}

const NO_SUCH_DATABASE = '3D000';

async function marksOf({ name, database }: StoredService, options: AlignOptions): Promise<Marks | undefined> {
  const place = databasesOf(name, options.servers);
  if (database === 'mongo') return readMongoMarks(options.mongo.db(place.mongo.database));
  try {
    return await withClient(place.databaseUrl, readPostgresMarks);
  } catch (error) {
    if (systemCode(error) === NO_SUCH_DATABASE) return undefined;
    throw error;
  }
}

async function appendMarker(
  { name, database }: StoredService,
  repair: LogRepair,
  options: AlignOptions,
): Promise<void> {
  const { head, position } = repair;
  const id = randomUUID();
  const place = databasesOf(name, options.servers);
  const event = {
    type: 'log.restored',
    source: name,
    aggregateId: name,
    version: position,
    correlationId: id,
    payload: { lostFrom: head + 1, lostTo: position },
  };
  const occurredAt = options.clock().toISOString();
  if (database === 'mongo') {
    const log = options.mongo.db(place.mongo.database).collection<Document & { _id: string }>(EVENTS);
    await log.insertOne({ _id: id, ...event, occurredAt, position });
    return;
  }
  await withClient(place.databaseUrl, (client) =>
    client.query(
      `INSERT INTO events.outbox (id, type, source, aggregate_id, version, occurred_at, correlation_id, payload, position)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, event.type, name, name, position, occurredAt, id, event.payload, position],
    ),
  );
}

async function withClient<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
