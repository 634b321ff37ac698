import { RawDocument } from '../bson/raw-document.js';
import type { Doc, FieldSource, Value } from '../bson/value.js';

/** A document on its way through a pipeline: as stored until a stage makes another one of it. */
export type Item = RawDocument | Doc;

export function docOf(item: Item): Doc {
  return item instanceof RawDocument ? item.decode() : item;
}

/** What an expression is evaluated in. */
export interface Scope {
  readonly root: Item | FieldSource;
  /** `$$name` variables, without the dollars. */
  readonly variables: ReadonlyMap<string, Value | undefined>;
  readonly now: Date;
}

/** A compiled expression; `undefined` is a missing value, which is not null. */
export type Expression = (scope: Scope) => Value | undefined;

const none: ReadonlyMap<string, Value> = new Map();

export function scopeOf(root: Item | FieldSource, now: Date): Scope {
  return { root, variables: none, now };
}

export function withVariable(scope: Scope, name: string, value: Value | undefined): Scope {
  return { ...scope, variables: new Map([...scope.variables, [name, value]]) };
}

/** What counts as true: everything but false, zero, null and nothing. */
export function truthy(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === false || value === 0 || value === 0n) return false;
  return !(typeof value === 'object' && 'value' in value && value.value === 0);
}
