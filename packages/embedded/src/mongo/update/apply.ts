import { badValue, MongoError } from '../errors.js';
import { describe } from '../bson/describe.js';
import type { Doc, Value } from '../bson/value.js';
import { removed, untouched, type Action, type Place } from './action.js';
import type { ArrayFilters } from './array-filters.js';
import { filterName, refuseConflicts } from './update-path.js';

/** What applying an update needs besides the document. */
export interface ApplyContext {
  readonly filters: ArrayFilters;
  /** The array position `$` stands for, as the query found it. */
  readonly position: number | undefined;
  readonly id: Value;
  readonly inserting: boolean;
  readonly now: Date;
}

/** Changes `doc` in place by every action. The caller throws the document away when this throws. */
export function applyActions(doc: Doc, actions: readonly Action[], context: ApplyContext): void {
  const planned = actions.map((action) => ({ action, paths: expand(doc, action.path, context) }));
  if (planned.some(({ paths }) => paths.length > 1) || actions.some(hasPosition)) {
    refuseConflicts(planned.flatMap(({ paths }) => paths));
  }
  for (const { action, paths } of planned) {
    const place: Place = {
      path: action.text,
      id: context.id,
      inserting: context.inserting,
      now: context.now,
    };
    if (action.renameTo !== undefined) rename(doc, action, action.renameTo, place);
    else for (const path of paths) changeAt(doc, path, action, place);
  }
}

function hasPosition(action: Action): boolean {
  return action.path.some((part) => part.startsWith('$') || /^\d+$/.test(part));
}

/** The paths without positional parts that a path stands for in this document. */
function expand(doc: Doc, path: readonly string[], context: ApplyContext): string[][] {
  let found: { path: string[]; value: Value | undefined }[] = [{ path: [], value: doc }];
  for (const part of path) {
    if (!part.startsWith('$')) {
      found = found.map((each) => ({ path: [...each.path, part], value: child(each.value, part) }));
    } else {
      found = found.flatMap((each) =>
        positions(each.value, part, each.path, context).map((at) => ({
          path: [...each.path, String(at)],
          value: Array.isArray(each.value) ? each.value[at] : undefined,
        })),
      );
    }
  }
  return found.map((each) => each.path);
}

function positions(
  value: Value | undefined,
  part: string,
  path: readonly string[],
  context: ApplyContext,
): number[] {
  if (part === '$') {
    if (context.position === undefined) {
      throw badValue('The positional operator did not find the match needed from the query.');
    }
    if (!Array.isArray(value)) throw notAnArray(value, path);
    return [context.position];
  }
  if (value === undefined) {
    throw badValue(
      `The path '${path.join('.')}' must exist in the document in order to apply array updates.`,
    );
  }
  if (!Array.isArray(value)) throw notAnArray(value, path);
  const name = filterName(part) ?? '';
  const passes = name === '' ? () => true : context.filters.get(name);
  return [...value.keys()].filter((at) => passes?.(value[at] ?? null) === true);
}

function notAnArray(value: Value | undefined, path: readonly string[]): MongoError {
  return badValue(
    `Cannot apply array updates to non-array element ${path.at(-1) ?? ''}: ${describe(value ?? null)}`,
  );
}

function child(value: Value | undefined, part: string): Value | undefined {
  if (value instanceof Map) return value.get(part);
  return Array.isArray(value) && /^\d+$/.test(part) ? value[Number(part)] : undefined;
}

const maxPadding = 1_500_000;

function changeAt(doc: Doc, path: readonly string[], action: Action, place: Place): void {
  let container: Doc | Value[] = doc;
  for (const [depth, part] of path.entries()) {
    if (Array.isArray(container) && !isPosition(part)) {
      if (action.lenient) return;
      throw notViable(part, path[depth - 1] ?? '', container);
    }
    const current: Value | undefined = child(container, part);
    if (depth === path.length - 1) {
      put(container, part, action.change(current, place));
      return;
    }
    if (current === undefined) {
      const made = action.change(undefined, place);
      if (made === removed || made === untouched) return;
      put(container, part, nest(path.slice(depth + 1), made));
      return;
    }
    if (!(current instanceof Map) && !Array.isArray(current)) {
      if (action.lenient) return;
      throw notViable(path[depth + 1] ?? '', part, current);
    }
    container = current;
  }
}

function nest(path: readonly string[], value: Value): Value {
  return path.reduceRight<Value>((inner, part) => new Map([[part, inner]]), value);
}

function isPosition(part: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(part);
}

function put(
  container: Doc | Value[],
  part: string,
  outcome: Value | typeof removed | typeof untouched,
): void {
  if (outcome === untouched) return;
  if (container instanceof Map) {
    if (outcome === removed) container.delete(part);
    else container.set(part, outcome);
    return;
  }
  const at = Number(part);
  if (outcome === removed) {
    if (at < container.length) container[at] = null; // an element is nulled, so that the others keep their places
    return;
  }
  if (at - container.length > maxPadding)
    throw badValue(`Cannot pad an array by more than ${maxPadding} elements`);
  while (container.length < at) container.push(null);
  container[at] = outcome;
}

function notViable(part: string, owner: string, value: Value): MongoError {
  return new MongoError(
    'PathNotViable',
    `Cannot create field '${part}' in element {${owner}: ${describe(value)}}`,
  );
}

function rename(doc: Doc, action: Action, target: readonly string[], place: Place): void {
  const value = ownValue(doc, action.path, 'source');
  if (value === undefined) return;
  ownValue(doc, target.slice(0, -1), 'destination');
  changeAt(doc, action.path, { ...action, change: () => removed }, place);
  changeAt(doc, target, { ...action, lenient: false, change: () => value }, place);
}

function ownValue(doc: Doc, path: readonly string[], which: string): Value | undefined {
  let value: Value | undefined = doc;
  for (const part of path) {
    if (Array.isArray(value)) {
      throw badValue(
        `The ${which} field of $rename cannot be an array element, '${path.join('.')}' passes an array`,
      );
    }
    value = value instanceof Map ? value.get(part) : undefined;
  }
  return value;
}
