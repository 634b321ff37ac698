import { badValue } from '../../errors.js';
import { isNumeric, magnitude, type Doc, type Value } from '../../bson/value.js';
import { parsePath, type Path } from '../../query/path.js';
import { compileExpression } from '../expression.js';
import { docOf, scopeOf, type Expression, type Scope } from '../scope.js';
import type { StageFactory } from '../stage.js';
import { excludePaths, includePaths, setPath } from './shape.js';

interface Computed {
  readonly path: Path;
  readonly expression: Expression;
}

/** `$addFields` and `$set`. Every expression sees the document as it came in. */
export const addFields: StageFactory = (spec) => {
  if (!(spec instanceof Map) || spec.size === 0)
    throw badValue('$addFields specification must be a non-empty object');
  const computed = flatten(spec, []).map(([path, value]) => ({ path, expression: compileExpression(value) }));
  refuseCollisions(computed.map(({ path }) => path));
  return (items, { now }) =>
    items.map((item) => {
      const doc = docOf(item);
      return setAll(doc, computed, scopeOf(doc, now));
    });
};

function setAll(doc: Doc, computed: readonly Computed[], scope: Scope): Doc {
  return computed.reduce((result, { path, expression }) => setPath(result, path, expression(scope)), doc);
}

/** A nested specification as paths: `{ a: { b: 1 } }` says the same as `{ 'a.b': 1 }`. */
function flatten(spec: Doc, prefix: Path): [Path, Value][] {
  return [...spec].flatMap(([name, value]): [Path, Value][] => {
    const path = [...prefix, ...parsePath(name)];
    const nested =
      value instanceof Map && value.size > 0 && ![...value.keys()].some((key) => key.startsWith('$'));
    return nested ? flatten(value, path) : [[path, value]];
  });
}

function refuseCollisions(paths: readonly Path[]): void {
  const seen = new Set(paths.map((path) => path.join('.')));
  if (seen.size < paths.length) throw badValue('Invalid specification: a path is given twice');
  for (const path of paths) {
    for (let length = 1; length < path.length; length += 1) {
      const shorter = path.slice(0, length).join('.');
      if (seen.has(shorter))
        throw badValue(`Path collision at ${path.join('.')} remaining portion ${shorter}`);
    }
  }
}

export const unset: StageFactory = (spec) => {
  const names = Array.isArray(spec) ? spec : [spec];
  const paths = names.map((name) => {
    if (typeof name !== 'string')
      throw badValue('$unset specification must be a string or an array of strings');
    return parsePath(name);
  });
  if (paths.length === 0)
    throw badValue('$unset specification must be a string or an array with at least one field');
  refuseCollisions(paths);
  return (items) => items.map((item) => excludePaths(docOf(item), paths));
};

export const project: StageFactory = (spec) => {
  if (!(spec instanceof Map) || spec.size === 0)
    throw badValue('projection specification must have at least one field');
  const included: Path[] = [];
  const excluded: Path[] = [];
  const computed: Computed[] = [];
  const entries = flatten(spec, []);
  refuseCollisions(entries.map(([path]) => path));
  for (const [path, value] of entries) {
    const flag =
      typeof value === 'boolean' ? value : isNumeric(value) ? Number(magnitude(value)) !== 0 : undefined;
    if (flag === undefined) computed.push({ path, expression: compileExpression(value) });
    else (flag ? included : excluded).push(path);
  }
  const isId = (path: Path): boolean => path.length === 1 && path[0] === '_id';
  const dropsId = excluded.some(isId);
  const others = excluded.filter((path) => !isId(path));
  if (others.length > 0 && (included.some((path) => !isId(path)) || computed.length > 0)) {
    throw badValue('Invalid $project: cannot mix inclusion and exclusion');
  }
  if (others.length > 0 || (dropsId && included.length === 0 && computed.length === 0)) {
    return (items) => items.map((item) => excludePaths(docOf(item), excluded));
  }
  const kept =
    dropsId || [...included, ...computed.map(({ path }) => path)].some((path) => path[0] === '_id')
      ? included
      : [['_id'], ...included];
  return (items, { now }) =>
    items.map((item) => {
      const doc = docOf(item);
      const through = includePaths(
        doc,
        kept,
        computed.map(({ path }) => path.slice(0, -1)),
      );
      return setAll(through, computed, scopeOf(doc, now));
    });
};

export const replaceRoot: StageFactory = (spec) => {
  if (!(spec instanceof Map) || spec.size !== 1 || !spec.has('newRoot')) {
    throw badValue('$replaceRoot takes an object with exactly newRoot');
  }
  const expression = compileExpression(spec.get('newRoot') ?? null);
  return (items, { now }) =>
    items.map((item) => {
      const root = expression(scopeOf(item, now));
      if (root instanceof Map) return root;
      throw badValue("'newRoot' expression must evaluate to an object");
    });
};
