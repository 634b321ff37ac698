import { bsonType } from './types.js';
import { Binary, Double, ObjectId, Regex, type Value } from './value.js';
import { RawDocument } from './raw-document.js';

/** What a reply may hold: values, and stored documents that are copied as the bytes they are. */
export type Encodable = Value | RawDocument | Encodable[] | Map<string, Encodable>;

/** Bytes under construction. Encoding is synchronous, so one scratch buffer serves the whole process. */
let scratch = Buffer.allocUnsafeSlow(64 * 1024);

function room(at: number, length: number): void {
  if (at + length <= scratch.length) return;
  const larger = Buffer.allocUnsafeSlow(Math.max(scratch.length * 2, at + length));
  scratch.copy(larger, 0, 0, at);
  scratch = larger;
}

function writeText(text: string, at: number): number {
  room(at, text.length * 3 + 1);
  return at + scratch.write(text, at, 'utf8');
}

function writeName(text: string, at: number): number {
  if (text.includes('\0')) throw new RangeError('a BSON name may not contain a zero byte');
  const end = writeText(text, at);
  scratch[end] = 0;
  return end + 1;
}

function writeDocument(doc: ReadonlyMap<string, Encodable>, start: number): number {
  room(start, 5);
  let at = start + 4;
  for (const [name, value] of doc) at = writeElement(name, value, at);
  return close(start, at);
}

function writeArray(values: readonly Encodable[], start: number): number {
  room(start, 5);
  let at = start + 4;
  for (const [index, value] of values.entries()) at = writeElement(String(index), value, at);
  return close(start, at);
}

function close(start: number, at: number): number {
  room(at, 1);
  scratch[at] = 0;
  scratch.writeInt32LE(at + 1 - start, start);
  return at + 1;
}

function writeElement(name: string, value: Encodable, at: number): number {
  room(at, 1);
  const body = writeName(name, at + 1);
  room(body, 16);
  const write = (type: number, end: number): number => {
    scratch[at] = type;
    return end;
  };
  if (value === null) return write(bsonType.null, body);
  if (typeof value === 'string') return write(bsonType.string, writeString(value, body));
  if (typeof value === 'number') return write(bsonType.int, scratch.writeInt32LE(value, body));
  if (typeof value === 'bigint') return write(bsonType.long, scratch.writeBigInt64LE(value, body));
  if (typeof value === 'boolean') return write(bsonType.bool, scratch.writeUInt8(value ? 1 : 0, body));
  if (value instanceof Map) return write(bsonType.object, writeDocument(value, body));
  if (Array.isArray(value)) return write(bsonType.array, writeArray(value, body));
  if (value instanceof RawDocument) return write(bsonType.object, writeRaw(value, body));
  if (value instanceof Double) return write(bsonType.double, scratch.writeDoubleLE(value.value, body));
  if (value instanceof ObjectId)
    return write(bsonType.objectId, body + scratch.write(value.latin1, body, 'latin1'));
  if (value instanceof Date) {
    return write(bsonType.date, scratch.writeBigInt64LE(BigInt(value.getTime()), body));
  }
  if (value instanceof Binary) return write(bsonType.binData, writeBinary(value, body));
  if (value instanceof Regex)
    return write(bsonType.regex, writeName(value.options, writeName(value.pattern, body)));
  return value satisfies never;
}

function writeString(value: string, at: number): number {
  const end = writeText(value, at + 4);
  scratch[end] = 0;
  scratch.writeInt32LE(end + 1 - (at + 4), at);
  return end + 1;
}

function writeRaw(raw: RawDocument, at: number): number {
  room(at, raw.end - raw.start);
  return at + raw.bytes.copy(scratch, at, raw.start, raw.end);
}

function writeBinary(value: Binary, at: number): number {
  room(at, value.bytes.length + 5);
  scratch.writeInt32LE(value.bytes.length, at);
  scratch.writeUInt8(value.subtype, at + 4);
  return at + 5 + value.bytes.copy(scratch, at + 5);
}

/**
 * Encodes a document as BSON.
 *
 * @param headroom bytes left free in front of the document, for a wire header
 */
export function encodeDocument(doc: ReadonlyMap<string, Encodable>, headroom = 0): Buffer {
  room(0, headroom);
  const end = writeDocument(doc, headroom);
  const encoded = Buffer.allocUnsafe(end);
  scratch.copy(encoded, headroom, headroom, end);
  return encoded;
}
