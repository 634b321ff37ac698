import { crc32 } from 'node:zlib';
import { decodeDocument, documentEnd, nameEnd } from '../bson/decode.js';
import { encodeDocument } from '../bson/encode.js';
import { RawDocument } from '../bson/raw-document.js';
import type { Doc, Value } from '../bson/value.js';
import type { Journal } from './journal.js';

/**
 * One record of the log: what one command changed.
 *
 *     length of the body (uint32) | CRC-32 of the body (uint32) | body: changes, one behind the other
 *     a change: kind (one byte) | namespace, ended by a zero byte | one BSON document
 *
 * The document is the stored document itself (put), `{ _id }` (remove), the index definition, `{ name }` or `{}`.
 */
export const recordHeaderBytes = 8;

/** The longest body a record may have; a length above it can only be damage. */
export const maxBodyBytes = 1 << 30;

const kinds = {
  put: 1,
  remove: 2,
  createCollection: 3,
  createIndex: 4,
  dropIndex: 5,
  drop: 6,
} as const;

const empty = encodeDocument(new Map());

/** Collects the changes of one command and makes them a record. */
export class RecordWriter implements Journal {
  private parts: Buffer[] = [];
  private bytes = 0;

  put(namespace: string, raw: RawDocument): void {
    this.add(kinds.put, namespace, raw.bytes.subarray(raw.start, raw.end));
  }

  remove(namespace: string, id: Value): void {
    this.add(kinds.remove, namespace, encodeDocument(new Map([['_id', id]])));
  }

  createCollection(namespace: string): void {
    this.add(kinds.createCollection, namespace, empty);
  }

  createIndex(namespace: string, definition: Doc): void {
    this.add(kinds.createIndex, namespace, encodeDocument(definition));
  }

  dropIndex(namespace: string, name: string): void {
    this.add(kinds.dropIndex, namespace, encodeDocument(new Map([['name', name]])));
  }

  drop(namespace: string): void {
    this.add(kinds.drop, namespace, empty);
  }

  get isEmpty(): boolean {
    return this.bytes === 0;
  }

  get bodyBytes(): number {
    return this.bytes;
  }

  /** The record as it goes to the file; the writer is empty afterwards. */
  take(): Buffer {
    const record = Buffer.allocUnsafe(recordHeaderBytes + this.bytes);
    let at = recordHeaderBytes;
    for (const part of this.parts) at += part.copy(record, at);
    record.writeUInt32LE(this.bytes, 0);
    record.writeUInt32LE(crc32(record.subarray(recordHeaderBytes)), 4);
    this.parts = [];
    this.bytes = 0;
    return record;
  }

  private add(kind: number, namespace: string, document: Buffer): void {
    const head = Buffer.from(`${String.fromCharCode(kind)}${namespace}\0`);
    this.parts.push(head, document);
    this.bytes += head.length + document.length;
  }
}

function nameIn(doc: Doc): string {
  const name = doc.get('name');
  if (typeof name !== 'string') throw new Error('a change in the log lacks its name');
  return name;
}

/** Whether the body between `start` and `end` is what was written. */
export function isIntact(bytes: Buffer, start: number, end: number, checksum: number): boolean {
  return crc32(bytes.subarray(start, end)) === checksum;
}

/** Applies the changes of one record's body. The documents keep referring to `bytes`. */
export function replayBody(bytes: Buffer, start: number, end: number, into: Journal): void {
  let at = start;
  while (at < end) {
    const kind = bytes.readUInt8(at);
    const stop = nameEnd(bytes, at + 1, end);
    const namespace = bytes.toString('utf8', at + 1, stop);
    const from = stop + 1;
    at = documentEnd(bytes, from, end);
    const read = (): Doc => decodeDocument(bytes, from, at);
    switch (kind) {
      case kinds.put:
        into.put(namespace, new RawDocument(bytes, from, at));
        break;
      case kinds.remove:
        into.remove(namespace, read().get('_id') ?? null);
        break;
      case kinds.createCollection:
        into.createCollection(namespace);
        break;
      case kinds.createIndex:
        into.createIndex(namespace, read());
        break;
      case kinds.dropIndex:
        into.dropIndex(namespace, nameIn(read()));
        break;
      case kinds.drop:
        into.drop(namespace);
        break;
      default:
        throw new Error(`unknown kind of change ${kind} in the log; it was written by a newer version`);
    }
  }
}
