import type { RawDocument } from '../bson/raw-document.js';
import type { Doc, FieldSource, Value } from '../bson/value.js';

/** A document on its way through a pipeline: as stored until a stage makes another one of it. */
export type Item = RawDocument | Overlay | Doc;

/** A document with one field exchanged, without a copy of the others: `$unwind` makes many of the same document. */
export class Overlay implements FieldSource {
  private readonly base: Item;
  private readonly name: string;
  private readonly value: Value | undefined;

  /** @param value the field's new value; `undefined` takes it away */
  constructor(base: Item, name: string, value: Value | undefined) {
    this.base = base;
    this.name = name;
    this.value = value;
  }

  get(name: string): Value | undefined {
    return name === this.name ? this.value : this.base.get(name);
  }

  decode(): Doc {
    const doc: Doc = new Map(docOf(this.base));
    if (this.value === undefined) doc.delete(this.name);
    else doc.set(this.name, this.value);
    return doc;
  }
}

export function docOf(item: Item): Doc {
  return item instanceof Map ? item : item.decode();
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
