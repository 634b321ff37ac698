import { MongoError, refused } from '../errors.js';
import { Binary, Double, ObjectId, Regex, type Value } from './value.js';

/** The BSON element types of the subset, by their byte on the wire. */
export const bsonType = {
  double: 0x01,
  string: 0x02,
  object: 0x03,
  array: 0x04,
  binData: 0x05,
  objectId: 0x07,
  bool: 0x08,
  date: 0x09,
  null: 0x0a,
  regex: 0x0b,
  int: 0x10,
  long: 0x12,
} as const;

/** The name a query or an error message gives to a type; the same as `$type` uses. */
export type TypeName = keyof typeof bsonType;

const outsideSubset: Readonly<Record<number, string>> = {
  0x06: 'undefined',
  0x0c: 'dbPointer',
  0x0d: 'javascript',
  0x0e: 'symbol',
  0x0f: 'javascriptWithScope',
  0x11: 'timestamp',
  0x13: 'decimal (Decimal128)',
  0x7f: 'maxKey',
  0xff: 'minKey',
};

/** The error for a type byte that is not in {@link bsonType}. */
export function unknownType(byte: number): MongoError {
  const name = outsideSubset[byte];
  return name === undefined
    ? new MongoError('InvalidBSON', `Unrecognized BSON type ${byte}`)
    : refused(`BSON type ${name}`);
}

export function typeNameOf(value: Value): TypeName {
  if (value === null) return 'null';
  if (typeof value === 'number') return 'int';
  if (typeof value === 'bigint') return 'long';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (value instanceof Map) return 'object';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Double) return 'double';
  if (value instanceof ObjectId) return 'objectId';
  if (value instanceof Date) return 'date';
  if (value instanceof Binary) return 'binData';
  if (value instanceof Regex) return 'regex';
  return value satisfies never;
}
