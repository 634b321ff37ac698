import { randomUUID } from 'node:crypto';
import { MongoClient, type Collection, type Db, type Document, type ObjectId } from 'mongodb';
import { afterAll, beforeAll, describe } from 'vitest';
import { realMongoUrl } from './config.js';
import { startEmbeddedMongo, type EmbeddedMongo } from '../../index.js';

/** What the suite's collections hold: anything, under ids of several types. */
export interface Fields extends Document {
  _id?: number | string | ObjectId;
}

/** A server the suite talks to through the official driver, in a database of its own. */
export interface Target {
  readonly client: MongoClient;
  readonly db: Db;
  readonly url: string;
  /** A collection nobody else uses, with these documents in it. */
  fill(...documents: Fields[]): Promise<Collection<Fields>>;
}

/**
 * Describes what both the embedded server and a real MongoDB 7 do: always run against the first, and against the second
 * too when `MONGODB_URL` names one.
 */
export function conformance(area: string, cases: (target: Target) => void): void {
  onEmbedded(area, cases);
  const real = realMongoUrl();
  if (real !== undefined) describe(`${area}, real MongoDB`, () => cases(target(async () => real)));
}

/** Describes what only the embedded server does, which is refusing. */
export function onEmbedded(area: string, cases: (target: Target) => void): void {
  let server: EmbeddedMongo | undefined;
  describe(`${area}, embedded`, () => {
    afterAll(() => server?.stop()); // the last to run, as vitest goes back through them
    const own = target(async () => {
      server = await startEmbeddedMongo({ production: false });
      return server.url;
    });
    cases(own);
  });
}

function target(start: () => Promise<string>): Target {
  const open: { client?: MongoClient; db?: Db; url?: string } = {};
  const opened = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('the server is started before the first test');
    return value;
  };
  beforeAll(async () => {
    open.url = await start();
    open.client = await new MongoClient(open.url, { serverSelectionTimeoutMS: 10_000 }).connect();
    open.db = open.client.db(`conformance_${randomUUID().slice(0, 8)}`);
  });
  afterAll(async () => {
    await open.db?.dropDatabase();
    await open.client?.close();
  });
  return {
    get client() {
      return opened(open.client);
    },
    get db() {
      return opened(open.db);
    },
    get url() {
      return opened(open.url);
    },
    async fill(...documents) {
      const collection = opened(open.db).collection<Fields>(`c${randomUUID().slice(0, 8)}`);
      if (documents.length > 0) await collection.insertMany(documents);
      return collection;
    },
  };
}
