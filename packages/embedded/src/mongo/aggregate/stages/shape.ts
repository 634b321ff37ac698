import type { Doc, Value } from '../../bson/value.js';
import type { Path } from '../../query/path.js';

/** A document with a value at a path: documents are made on the way, arrays get it in every element. */
export function setPath(doc: Doc, [name = '', ...rest]: Path, value: Value | undefined): Doc {
  const result: Doc = new Map(doc);
  const next = rest.length === 0 ? value : setInside(doc.get(name), rest, value);
  if (next === undefined) result.delete(name);
  else result.set(name, next);
  return result;
}

function setInside(current: Value | undefined, rest: Path, value: Value | undefined): Value | undefined {
  if (Array.isArray(current)) return current.map((element) => setInside(element, rest, value) ?? null);
  if (current instanceof Map) return setPath(current, rest, value);
  return value === undefined && current !== undefined ? new Map() : setPath(new Map(), rest, value);
}

export function excludePaths(doc: Doc, paths: readonly Path[]): Doc {
  const result: Doc = new Map();
  for (const [name, value] of doc) {
    const mine = paths.filter((path) => path[0] === name);
    if (mine.some((path) => path.length === 1)) continue;
    result.set(
      name,
      mine.length === 0
        ? value
        : excludeInside(
            value,
            mine.map((path) => path.slice(1)),
          ),
    );
  }
  return result;
}

function excludeInside(value: Value, paths: readonly Path[]): Value {
  if (value instanceof Map) return excludePaths(value, paths);
  return Array.isArray(value) ? value.map((element) => excludeInside(element, paths)) : value;
}

/** A document with only what lies at the paths; `through` are places where something will be put, kept as they are shaped. */
export function includePaths(doc: Doc, paths: readonly Path[], through: readonly Path[]): Doc {
  const result: Doc = new Map();
  for (const [name, value] of doc) {
    const mine = paths.filter((path) => path[0] === name);
    const inner = through.filter((path) => path[0] === name);
    if (mine.some((path) => path.length === 1)) result.set(name, value);
    else if (mine.length > 0 || inner.length > 0) {
      const kept = includeInside(
        value,
        mine.map((path) => path.slice(1)),
        inner.map((path) => path.slice(1)),
      );
      if (kept !== undefined) result.set(name, kept);
    }
  }
  return result;
}

function includeInside(value: Value, paths: readonly Path[], through: readonly Path[]): Value | undefined {
  if (value instanceof Map) return includePaths(value, paths, through);
  if (!Array.isArray(value)) return undefined;
  return value
    .map((element) => includeInside(element, paths, through))
    .filter((element) => element !== undefined);
}
