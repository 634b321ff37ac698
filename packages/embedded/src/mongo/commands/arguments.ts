import { badValue, MongoError, refused } from '../errors.js';
import { decodeDocument } from '../bson/decode.js';
import { encodeDocument } from '../bson/encode.js';
import { RawDocument } from '../bson/raw-document.js';
import { typeNameOf } from '../bson/types.js';
import { Double, isNumeric, magnitude, type Doc, type Value } from '../bson/value.js';
import type { Request } from '../wire/request.js';

type Sequences = Request['sequences'];

/**
 * The arguments of a command, or of one statement inside it. Whatever has not been asked for when {@link end} is called
 * is an argument the command does not know, and an error.
 */
export class Arguments {
  private readonly name: string;
  private readonly fields: Doc;
  private readonly sequences: Sequences;
  private readonly left: Set<string>;

  constructor(name: string, fields: Doc, sequences: Sequences = new Map()) {
    this.name = name;
    this.fields = fields;
    this.sequences = sequences;
    this.left = new Set([...fields.keys(), ...sequences.keys()]);
  }

  /** An argument as it is. */
  value(name: string): Value | undefined {
    this.left.delete(name);
    return this.fields.get(name);
  }

  text(name: string): string {
    const value = this.value(name);
    if (typeof value !== 'string') throw this.wrongType(name, value, 'string');
    return value;
  }

  boolean(name: string, otherwise = false): boolean {
    const value = this.value(name);
    if (value === undefined) return otherwise;
    if (typeof value === 'boolean') return value;
    if (isNumeric(value)) return Number(magnitude(value)) !== 0;
    throw this.wrongType(name, value, 'bool');
  }

  /** A whole number that is not negative. */
  count(name: string): number | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    if (!isNumeric(value)) throw this.wrongType(name, value, 'int');
    const count = Number(value instanceof Double ? value.value : value);
    if (!Number.isSafeInteger(count) || count < 0)
      throw badValue(`${this.name}.${name} must be a whole number from 0 on`);
    return count;
  }

  doc(name: string): Doc | undefined {
    const value = this.value(name);
    if (value === undefined || value instanceof Map) return value;
    throw this.wrongType(name, value, 'object');
  }

  array(name: string): Value[] | undefined {
    const value = this.value(name);
    if (value === undefined || Array.isArray(value)) return value;
    throw this.wrongType(name, value, 'array');
  }

  /** Documents that came in the command or beside it, as bytes. */
  rawDocuments(name: string): readonly RawDocument[] {
    this.left.delete(name);
    const beside = this.sequences.get(name);
    if (beside !== undefined) return beside;
    return this.docsInside(name).map((doc) => {
      const bytes = encodeDocument(doc);
      return new RawDocument(bytes, 0, bytes.length);
    });
  }

  /** Documents that came in the command or beside it. */
  docs(name: string): readonly Doc[] {
    this.left.delete(name);
    const beside = this.sequences.get(name);
    return beside?.map((raw) => decodeDocument(raw.bytes, raw.start, raw.end)) ?? this.docsInside(name);
  }

  /** Arguments that a real server takes and this one does not, unless they say what is so anyway. */
  refuse(...names: string[]): void {
    for (const name of names) {
      const value = this.value(name);
      if (value === undefined || value === null || value === false || isSimpleCollation(name, value))
        continue;
      if (value instanceof Map && value.size === 0) continue;
      throw refused(`argument '${name}' of ${this.name}`);
    }
  }

  /** Arguments that change nothing that could be seen here. */
  ignore(...names: string[]): void {
    for (const name of names) this.left.delete(name);
  }

  /** @throws MongoError for an argument nobody asked for */
  end(): void {
    for (const name of this.left) {
      throw new MongoError('UnknownField', `BSON field '${this.name}.${name}' is an unknown field.`);
    }
  }

  private docsInside(name: string): Doc[] {
    return (this.array(name) ?? []).map((item) => {
      if (!(item instanceof Map)) throw this.wrongType(name, item, 'object');
      return item;
    });
  }

  private wrongType(name: string, value: Value | undefined, expected: string): MongoError {
    if (value === undefined) {
      return new MongoError(
        'FailedToParse',
        `BSON field '${this.name}.${name}' is missing but a required field`,
      );
    }
    return new MongoError(
      'TypeMismatch',
      `BSON field '${this.name}.${name}' is the wrong type '${typeNameOf(value)}', expected type '${expected}'`,
    );
  }
}

function isSimpleCollation(name: string, value: Value): boolean {
  return name === 'collation' && value instanceof Map && value.size === 1 && value.get('locale') === 'simple';
}
