import { MongoError } from '../errors.js';
import { readName } from './names.js';
import { bsonType, unknownType } from './types.js';
import { Binary, Double, ObjectId, Regex, type Doc, type Value } from './value.js';

/** MongoDB's own limit on how deep documents may nest. */
export const maxDepth = 200;

/** The largest document a client may store, in bytes. */
export const maxDocumentBytes = 16 * 1024 * 1024;

const furthestDate = 8_640_000_000_000_000n; // milliseconds from the epoch that a JavaScript Date can hold

export function invalid(message: string): MongoError {
  return new MongoError('InvalidBSON', `${message}; send well-formed BSON`);
}

/** The end of the document at `start`, having checked that it lies inside `limit` and is terminated. */
export function documentEnd(bytes: Buffer, start: number, limit: number): number {
  if (start + 5 > limit) throw invalid('A document is cut off');
  const end = start + bytes.readInt32LE(start);
  if (end < start + 5 || end > limit) throw invalid('A document has an impossible length');
  if (bytes[end - 1] !== 0) throw invalid('A document is not terminated');
  return end;
}

/** The index of the zero byte that ends the name at `start`. */
export function nameEnd(bytes: Buffer, start: number, limit: number): number {
  // names are short, and for those a loop is much faster than indexOf
  for (let end = start; end < limit; end += 1) if (bytes[end] === 0) return end;
  throw invalid('A name is not terminated');
}

/** Where the value of `type` at `at` ends; only looks at lengths, and never past `limit`. */
export function valueEnd(bytes: Buffer, type: number, at: number, limit: number): number {
  const end = at + valueLength(bytes, type, at, limit);
  if (end > limit) throw invalid('A value is cut off');
  return end;
}

function valueLength(bytes: Buffer, type: number, at: number, limit: number): number {
  switch (type) {
    case bsonType.double:
    case bsonType.date:
    case bsonType.long:
      return 8;
    case bsonType.int:
      return 4;
    case bsonType.bool:
      return 1;
    case bsonType.null:
      return 0;
    case bsonType.objectId:
      return 12;
    case bsonType.string: {
      const length = prefix(bytes, at, limit);
      if (length < 1 || at + 4 + length > limit || bytes[at + 3 + length] !== 0)
        throw invalid('A string is cut off');
      return 4 + length;
    }
    case bsonType.object:
    case bsonType.array:
      return documentEnd(bytes, at, limit) - at;
    case bsonType.binData: {
      const length = prefix(bytes, at, limit);
      if (length < 0) throw invalid('Binary data has a negative length');
      return 5 + length;
    }
    case bsonType.regex:
      return nameEnd(bytes, nameEnd(bytes, at, limit) + 1, limit) + 1 - at;
    default:
      throw unknownType(type);
  }
}

function prefix(bytes: Buffer, at: number, limit: number): number {
  if (at + 4 > limit) throw invalid('A length is cut off');
  return bytes.readInt32LE(at);
}

/** Decodes one value whose extent {@link valueEnd} has checked. */
export function decodeValue(bytes: Buffer, type: number, at: number, end: number, depth: number): Value {
  switch (type) {
    case bsonType.int:
      return bytes.readInt32LE(at);
    case bsonType.string:
      return bytes.toString('utf8', at + 4, end - 1);
    case bsonType.double:
      return new Double(bytes.readDoubleLE(at));
    case bsonType.object:
      return decodeFields(bytes, at, end, depth + 1);
    case bsonType.array:
      return decodeArray(bytes, at, end, depth + 1);
    case bsonType.objectId:
      return new ObjectId(bytes.toString('latin1', at, end));
    case bsonType.bool:
      return bytes[at] === 1;
    case bsonType.date:
      return decodeDate(bytes.readBigInt64LE(at));
    case bsonType.null:
      return null;
    case bsonType.long:
      return bytes.readBigInt64LE(at);
    case bsonType.binData:
      return new Binary(bytes.readUInt8(at + 4), bytes.subarray(at + 5, end));
    case bsonType.regex: {
      const middle = bytes.indexOf(0, at);
      return new Regex(bytes.toString('utf8', at, middle), bytes.toString('utf8', middle + 1, end - 1));
    }
    default:
      throw unknownType(type);
  }
}

function decodeDate(milliseconds: bigint): Date {
  if (milliseconds > furthestDate || milliseconds < -furthestDate) {
    throw invalid('A date is outside the years -271821 to 275760');
  }
  return new Date(Number(milliseconds));
}

function decodeArray(bytes: Buffer, start: number, end: number, depth: number): Value[] {
  const values: Value[] = [];
  forEachElement(bytes, start, end, depth, (type, _nameAt, _nameStop, at, stop) => {
    values.push(decodeValue(bytes, type, at, stop, depth));
  });
  return values;
}

function decodeFields(bytes: Buffer, start: number, end: number, depth: number): Doc {
  const doc: Doc = new Map();
  forEachElement(bytes, start, end, depth, (type, nameAt, nameStop, at, stop) => {
    doc.set(readName(bytes, nameAt, nameStop), decodeValue(bytes, type, at, stop, depth));
  });
  return doc;
}

/** Calls `visit` for each element of the document between `start` and `end`. */
export function forEachElement(
  bytes: Buffer,
  start: number,
  end: number,
  depth: number,
  visit: (type: number, nameAt: number, nameStop: number, at: number, stop: number) => void,
): void {
  if (depth > maxDepth)
    throw new MongoError('Overflow', `Documents may nest ${maxDepth} levels deep; flatten this one`);
  const limit = end - 1;
  let at = start + 4;
  while (at < limit) {
    const type = bytes.readUInt8(at);
    const nameStop = nameEnd(bytes, at + 1, limit);
    const stop = valueEnd(bytes, type, nameStop + 1, limit);
    visit(type, at + 1, nameStop, nameStop + 1, stop);
    at = stop;
  }
  if (at !== limit) throw invalid('A document has a stray end');
}

/**
 * Decodes the document at `start`.
 *
 * @throws MongoError InvalidBSON for malformed bytes, NotImplemented for a type outside the subset
 */
export function decodeDocument(bytes: Buffer, start = 0, limit = bytes.length): Doc {
  return decodeFields(bytes, start, documentEnd(bytes, start, limit), 1);
}
