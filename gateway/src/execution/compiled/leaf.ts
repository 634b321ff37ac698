import type { Escapes } from '../escapes.js';
import { type GraphQLNamedType, isEnumType } from 'graphql';
import { jsonText, quote } from './json.js';

/** True for what an Int may be: GraphQL has 32 bits for it. */
const isInt = (value: unknown): boolean => typeof value === 'number' && (value | 0) === value;

/** Tells whether a value, not null, may be answered for a leaf type. Subgraphs have serialised it: nothing is guessed. */
export function isLeafValue(type: GraphQLNamedType, value: unknown): boolean {
  switch (type.name) {
    case 'Int':
      return isInt(value);
    case 'Float':
      return typeof value === 'number' && Number.isFinite(value);
    case 'Boolean':
      return typeof value === 'boolean';
    case 'String':
      return typeof value === 'string';
    case 'ID':
      return typeof value === 'string' || Number.isInteger(value);
    default:
      if (isEnumType(type)) return typeof value === 'string' && type.getValue(value) !== undefined;
      return true;
  }
}

/** A value that {@link isLeafValue} took, as clients read it: an ID is text, also where a subgraph sends a number. */
export const leafValue = (type: GraphQLNamedType, value: unknown): unknown =>
  type.name === 'ID' ? String(value) : value;

/** Thrown by a writer at the first value that is not as it should be; {@link completeData} then does it with care. */
export const NOT_PLAIN = new Error('the data needs more care than the writer takes');

/** Writes a leaf as JSON text, `null` included. @throws NOT_PLAIN if the value is not of the type */
export type WriteLeaf = (value: unknown, escapes: Escapes) => string;

const leave = (): never => {
  throw NOT_PLAIN;
};

const PLAIN_WRITERS: Readonly<Record<string, WriteLeaf>> = {
  Int: (value) => (isInt(value) ? String(value) : value == null ? 'null' : leave()),
  Float: (value) =>
    typeof value === 'number' && Number.isFinite(value) ? String(value) : value == null ? 'null' : leave(),
  Boolean: (value) => (typeof value === 'boolean' ? String(value) : value == null ? 'null' : leave()),
  String: (value, escapes) =>
    typeof value === 'string' ? quote(value, escapes) : value == null ? 'null' : leave(),
  ID: (value, escapes) =>
    typeof value === 'string'
      ? quote(value, escapes)
      : Number.isInteger(value)
        ? `"${String(value)}"`
        : value == null
          ? 'null'
          : leave(),
};

/** The writer of a leaf type. */
export function writeLeaf(type: GraphQLNamedType): WriteLeaf {
  const plain = PLAIN_WRITERS[type.name];
  if (plain) return plain;
  if (!isEnumType(type)) return jsonText;
  const texts = new Map<unknown, string>(type.getValues().map(({ name }) => [name, `"${name}"`]));
  return (value) => texts.get(value) ?? (value == null ? 'null' : leave());
}
