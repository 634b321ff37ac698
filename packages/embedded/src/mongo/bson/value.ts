/**
 * How BSON values look inside the server. The numeric type of a value is part of it (a double 5.0 must come back as a
 * double), so int32 is a plain number, int64 a bigint and a double is wrapped.
 */
export type Value =
  null | boolean | string | number | bigint | Double | Date | ObjectId | Binary | Regex | Doc | Value[];

/** A document. A Map keeps the order of fields, even of `"1"` and `"2"`, and has no `__proto__`. */
export type Doc = Map<string, Value>;

/** Anything fields can be read from by name: a decoded document, or raw bytes. */
export interface FieldSource {
  get(name: string): Value | undefined;
}

export class Double {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

export class Binary {
  readonly subtype: number;
  readonly bytes: Buffer;
  constructor(subtype: number, bytes: Buffer) {
    this.subtype = subtype;
    this.bytes = bytes;
  }
}

export class Regex {
  readonly pattern: string;
  readonly options: string;
  constructor(pattern: string, options: string) {
    this.pattern = pattern;
    this.options = options;
  }
}

/** Twelve bytes, kept as a latin1 string because it is compared and hashed far more often than it is printed. */
export class ObjectId {
  readonly latin1: string;
  constructor(latin1: string) {
    this.latin1 = latin1;
  }
  toHex(): string {
    return Buffer.from(this.latin1, 'latin1').toString('hex');
  }
}

export type Numeric = number | bigint | Double;

export function isNumeric(value: Value | undefined): value is Numeric {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Double;
}

/** The magnitude of a number. JavaScript compares number and bigint exactly, so the result may be used with `<` and `==`. */
export function magnitude(value: Numeric): number | bigint {
  return value instanceof Double ? value.value : value;
}

/** An independent copy: updates change documents in place and must never reach a value somebody else holds. */
export function clone(value: Value): Value {
  if (value instanceof Map) return cloneDoc(value);
  return Array.isArray(value) ? value.map(clone) : value;
}

export function cloneDoc(doc: Doc): Doc {
  return new Map(Array.from(doc, ([name, child]) => [name, clone(child)]));
}
