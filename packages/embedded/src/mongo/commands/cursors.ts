import { MongoError } from '../errors.js';
import { encodeDocument, type Encodable } from '../bson/encode.js';
import { RawDocument } from '../bson/raw-document.js';
import type { Doc } from '../bson/value.js';
import { document, succeed } from './reply.js';
import type { Reply } from '../wire/reply.js';

/** A result still to be fetched: what was found when the command ran, prepared for sending piece by piece. */
interface Cursor {
  readonly namespace: string;
  readonly items: readonly (RawDocument | Doc)[];
  readonly prepare: (item: RawDocument | Doc) => RawDocument | Doc;
  at: number;
  usedAt: number;
}

const firstBatchSize = 101;
const maxBatchBytes = 16 * 1024 * 1024;
const idleMs = 10 * 60 * 1000;

/** How {@link Cursors.open} hands out a result. */
export interface CursorOptions {
  /** @default 101 in the first batch */
  readonly batchSize?: number | undefined;
  /** Close after the first batch, whatever is left. */
  readonly singleBatch?: boolean;
  readonly prepare?: (item: RawDocument | Doc) => RawDocument | Doc;
}

/** The open cursors of a server. One that nobody has used for ten minutes is forgotten, as a real server does. */
export class Cursors {
  private readonly open = new Map<bigint, Cursor>();
  private readonly clock: () => number;
  private lastId = BigInt(Math.floor(Math.random() * 2 ** 40));

  constructor(clock: () => number) {
    this.clock = clock;
  }

  /** The reply to a command that answers with a cursor. */
  start(namespace: string, items: readonly (RawDocument | Doc)[], options: CursorOptions = {}): Reply {
    this.forgetIdle();
    const { prepare = (item) => item, singleBatch = false, batchSize = firstBatchSize } = options;
    const cursor: Cursor = { namespace, items, prepare, at: 0, usedAt: this.clock() };
    const batch = this.take(cursor, batchSize);
    let id = 0n;
    if (cursor.at < items.length && !singleBatch) {
      id = ++this.lastId;
      this.open.set(id, cursor);
    }
    return succeed({ cursor: document({ firstBatch: batch, id, ns: namespace }) });
  }

  /** @throws MongoError CursorNotFound */
  more(id: bigint, namespace: string, batchSize: number | undefined): Reply {
    this.forgetIdle();
    const cursor = this.open.get(id);
    if (cursor === undefined || cursor.namespace !== namespace) {
      throw new MongoError('CursorNotFound', `cursor id ${id} not found`);
    }
    cursor.usedAt = this.clock();
    const batch = this.take(cursor, batchSize === undefined || batchSize === 0 ? Infinity : batchSize);
    const done = cursor.at >= cursor.items.length;
    if (done) this.open.delete(id);
    return succeed({ cursor: document({ nextBatch: batch, id: done ? 0n : id, ns: namespace }) });
  }

  /** Answers whether there was such a cursor. */
  kill(id: bigint): boolean {
    return this.open.delete(id);
  }

  private take(cursor: Cursor, size: number): Encodable[] {
    const batch: RawDocument[] = [];
    let bytes = 0;
    while (cursor.at < cursor.items.length && batch.length < size) {
      const item = cursor.items[cursor.at];
      if (item === undefined) break;
      const raw = asRaw(cursor.prepare(item));
      bytes += raw.byteLength;
      if (bytes > maxBatchBytes && batch.length > 0) break;
      batch.push(raw);
      cursor.at += 1;
    }
    return batch;
  }

  private forgetIdle(): void {
    const oldest = this.clock() - idleMs;
    for (const [id, cursor] of this.open) if (cursor.usedAt < oldest) this.open.delete(id);
  }
}

function asRaw(item: RawDocument | Doc): RawDocument {
  if (item instanceof RawDocument) return item;
  const bytes = encodeDocument(item);
  return new RawDocument(bytes, 0, bytes.length);
}
