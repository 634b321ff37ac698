import { badValue, refused } from '../errors.js';
import type { RawDocument } from '../bson/raw-document.js';
import { isNumeric, magnitude, type Doc, type Value } from '../bson/value.js';
import { compileFilter } from './match.js';
import { parseFilter } from './parse.js';
import { wholeNumber } from './parse-field.js';
import { parsePath } from './path.js';

/** What a projection does at one field: keep or drop it, go on inside, or change an array. */
export interface Projection {
  readonly mode: 'include' | 'exclude';
  readonly keepId: boolean;
  readonly tree: ProjectionTree;
}

export type ProjectionTree = Map<string, ProjectionTree | 'here' | ArrayProjection>;

/** What becomes of a field's value; nothing when the field is left out. */
type ArrayProjection = (value: Value) => Value | undefined;

/**
 * Reads the projection of a find.
 *
 * @returns what makes a document's projection, or nothing when all of it is wanted
 */
export function compileProjection(spec: Doc | undefined): ((raw: RawDocument) => Doc) | undefined {
  if (spec === undefined || spec.size === 0) return undefined;
  const projection = parseProjection(spec);
  return (raw) => applyProjection(raw.decode(), projection);
}

export function applyProjection(doc: Doc, { mode, keepId, tree }: Projection): Doc {
  const result = mode === 'include' ? include(doc, tree, true) : exclude(doc, tree);
  if (!keepId) result.delete('_id');
  return result;
}

function parseProjection(spec: Doc): Projection {
  let mode: 'include' | 'exclude' | undefined;
  let keepId: boolean | undefined;
  const tree: ProjectionTree = new Map();
  for (const [name, value] of spec) {
    if (value instanceof Map) {
      addTo(tree, name, arrayProjection(name, value));
      if (value.has('$elemMatch')) {
        if (mode === 'exclude') throw refused('$elemMatch in an excluding projection');
        mode = 'include';
      }
      continue;
    }
    const wanted = flag(name, value);
    if (name === '_id') {
      keepId = wanted;
      continue;
    }
    const own = wanted ? 'include' : 'exclude';
    if (mode !== undefined && mode !== own) {
      throw badValue(
        `Cannot do ${own === 'include' ? 'inclusion' : 'exclusion'} on field ${name} in ${mode === 'include' ? 'inclusion' : 'exclusion'} projection`,
      );
    }
    mode = own;
    addTo(tree, name, 'here');
  }
  if (mode === undefined && keepId === true && tree.size > 0)
    throw refused('$slice beside only _id: 1 in a projection');
  // {_id: 1} alone keeps just the _id; {_id: 0} alone, and a lone $slice, keep everything else
  mode ??= keepId === true && tree.size === 0 ? 'include' : 'exclude';
  return { mode, keepId: keepId ?? true, tree };
}

function flag(name: string, value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (isNumeric(value)) return Number(magnitude(value)) !== 0;
  throw refused(`an expression in a find projection (field '${name}')`);
}

function addTo(tree: ProjectionTree, name: string, leaf: 'here' | ArrayProjection): void {
  const path = parsePath(name);
  let at = tree;
  for (const part of path.slice(0, -1)) {
    const next = at.get(part) ?? new Map<string, never>();
    if (!(next instanceof Map)) throw badValue(`Path collision at ${name}`);
    at.set(part, next);
    at = next;
  }
  const last = path.at(-1) ?? '';
  if (at.has(last)) throw badValue(`Path collision at ${name}`);
  at.set(last, leaf);
}

function include(doc: Doc, tree: ProjectionTree, top: boolean): Doc {
  const result: Doc = new Map();
  for (const [name, value] of doc) {
    const wanted = tree.get(name);
    if (top && name === '_id' && wanted === undefined) result.set(name, value);
    else if (wanted !== undefined) {
      const kept = includeValue(value, wanted);
      if (kept !== undefined) result.set(name, kept);
    }
  }
  return result;
}

function includeValue(value: Value, wanted: ProjectionTree | 'here' | ArrayProjection): Value | undefined {
  if (wanted === 'here') return value;
  if (typeof wanted === 'function') return wanted(value);
  if (value instanceof Map) return include(value, wanted, false);
  if (!Array.isArray(value)) return undefined;
  return value.map((element) => includeValue(element, wanted)).filter((element) => element !== undefined);
}

function exclude(doc: Doc, tree: ProjectionTree): Doc {
  const result: Doc = new Map();
  for (const [name, value] of doc) {
    const found = tree.get(name);
    if (found === undefined) result.set(name, value);
    else if (typeof found === 'function') {
      const changed = found(value);
      if (changed !== undefined) result.set(name, changed);
    } else if (found !== 'here') result.set(name, excludeValue(value, found));
  }
  return result;
}

function excludeValue(value: Value, tree: ProjectionTree): Value {
  if (value instanceof Map) return exclude(value, tree);
  return Array.isArray(value) ? value.map((element) => excludeValue(element, tree)) : value;
}

function arrayProjection(name: string, spec: Doc): ArrayProjection {
  const [operator, operand] = [...spec][0] ?? [];
  if (spec.size !== 1 || operand === undefined)
    throw refused(`an expression in a find projection (field '${name}')`);
  if (operator === '$slice') return slice(operand);
  if (operator === '$elemMatch' && operand instanceof Map) {
    if (name.includes('.')) throw badValue(`Cannot use $elemMatch projection on a nested field '${name}'`);
    return firstMatching(operand);
  }
  throw refused(`${operator ?? 'an expression'} in a find projection (field '${name}')`);
}

function slice(operand: Value): ArrayProjection {
  const [first, second] = (Array.isArray(operand) ? operand : [operand]).map((each) =>
    Number(wholeNumber(each, '$slice')),
  );
  if (first === undefined || (Array.isArray(operand) && operand.length !== 2))
    throw badValue('$slice takes a number or [skip, limit]');
  const onArray = (cut: (array: Value[]) => Value): ArrayProjection => {
    return (value) => (Array.isArray(value) ? cut(value) : value);
  };
  if (second === undefined)
    return onArray((array) => (first < 0 ? array.slice(first) : array.slice(0, first)));
  if (second <= 0) throw badValue('The limit of $slice must be positive');
  return onArray((array) => {
    const start = first < 0 ? Math.max(0, array.length + first) : first;
    return array.slice(start, start + second);
  });
}

function firstMatching(query: Doc): ArrayProjection {
  const matches = compileFilter(
    parseFilter(new Map([['array', new Map([['$elemMatch', query]])]]), () => {
      throw refused('$expr in a projection');
    }),
  );
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const element = value.find((each) => matches(new Map([['array', [each]]])));
    return element === undefined ? undefined : [element];
  };
}
