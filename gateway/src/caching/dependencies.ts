import {
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type SelectionSetNode,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  Kind,
} from 'graphql';
import type { Change } from './cache-hints.js';
import { objectTypes, type PolicyScope } from './cache-policy.js';

/**
 * Adds the tags of everything in an answer that events can change: `Product:p1` where the object's id is in the
 * answer, and `Product` (any of them) where it is not. A list depends on any object of its type, since one more may
 * belong into it; so does a null.
 *
 * @param identity what is known of the object besides: its representation
 */
export type CollectTags = (
  value: unknown,
  tags: Set<string>,
  identity?: Readonly<Record<string, unknown>>,
) => void;

/** One kind of object at one place. */
interface ObjectPart {
  /** What changes with the object, and the keys under which its id may be found. */
  readonly tagged: readonly { readonly coordinate: string; readonly idKeys: readonly string[] }[];
  readonly fields: readonly FieldPart[];
}
interface FieldPart {
  readonly key: string;
  readonly place: Place;
}
/** Whatever can stand at one place. */
interface Place {
  readonly parts: ReadonlyMap<string, ObjectPart>;
  readonly typenameKey: string;
  /** What an object here depends on that is not there, or not known by type. */
  readonly any: ReadonlySet<string>;
}

/** Compiles the collector of a selection; undefined if no event can change what it selects. */
export function compileTags(
  sets: readonly SelectionSetNode[],
  declared: readonly GraphQLNamedType[],
  scope: PolicyScope,
): CollectTags | undefined {
  const place = compilePlace(sets, declared, scope);
  if (place.any.size === 0) return undefined;
  return (value, tags, identity) => visit(place, value, tags, identity);
}

function visit(
  place: Place,
  value: unknown,
  tags: Set<string>,
  identity?: Readonly<Record<string, unknown>>,
): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(place, item, tags);
    return;
  }
  if (typeof value !== 'object' || value === null) {
    if (identity === undefined) for (const tag of place.any) tags.add(tag);
    else tagObject(partOf(place, identity['__typename']), {}, tags, identity);
    return;
  }
  // What is no list and not null is an object.
  const object = value as Readonly<Record<string, unknown>>;
  const part = partOf(place, object[place.typenameKey] ?? identity?.['__typename']);
  if (!part) {
    for (const tag of place.any) tags.add(tag);
    return;
  }
  tagObject(part, object, tags, identity);
  for (const field of part.fields) visit(field.place, object[field.key], tags);
}

const partOf = (place: Place, typename: unknown): ObjectPart | undefined => {
  if (typeof typename === 'string') return place.parts.get(typename);
  if (place.parts.size !== 1) return undefined;
  const [only] = place.parts.values();
  return only;
};

function tagObject(
  part: ObjectPart | undefined,
  object: Readonly<Record<string, unknown>>,
  tags: Set<string>,
  identity?: Readonly<Record<string, unknown>>,
): void {
  for (const { coordinate, idKeys } of part?.tagged ?? []) {
    if (tags.has(coordinate)) continue;
    const [field = '', ...keys] = idKeys;
    const id = keys.map((key) => object[key]).find((found) => found !== undefined) ?? identity?.[field];
    tags.add(typeof id === 'string' || typeof id === 'number' ? `${coordinate}:${id}` : coordinate);
  }
}

function compilePlace(
  sets: readonly SelectionSetNode[],
  declared: readonly GraphQLNamedType[],
  scope: PolicyScope,
): Place {
  const parts = new Map<string, ObjectPart>();
  const any = new Set<string>();
  let typenameKey = '__typename';
  for (const type of declared.flatMap((one) => objectTypes(scope.schema, one))) {
    const fields = new Map<string, FieldNode[]>();
    for (const set of sets) collectFields(type.name, set, scope, fields);
    const changes: Change[] = [...scope.hints.changesOfType(type.name)];
    const below: FieldPart[] = [];
    for (const [key, [node, ...others]] of fields) {
      if (!node) continue;
      if (node.name.value === '__typename') typenameKey = key;
      changes.push(...scope.hints.changesOfField(type, node.name.value));
      const output = type.getFields()[node.name.value]?.type;
      const named = output && getNamedType(output);
      if (!output || !isCompositeType(named)) continue;
      const place = compilePlace(
        [node, ...others].flatMap(({ selectionSet }) => selectionSet ?? []),
        [named],
        scope,
      );
      for (const tag of place.any) any.add(tag);
      // A list is looked at as a whole first: what depends on any object needs no ids.
      if (isList(output)) changes.push(...typesIn(place, scope).map(asWhole));
      if (place.any.size > 0) below.push({ key, place });
    }
    for (const { coordinate } of changes) any.add(coordinate);
    parts.set(type.name, { tagged: tagged(changes, fields), fields: below });
  }
  return { parts, typenameKey, any };
}

const isList = (type: GraphQLOutputType): boolean => isListType(getNullableType(type));

const typesIn = (place: Place, { hints }: PolicyScope): Change[] =>
  [...place.parts.keys()].flatMap((type) => hints.changesOfType(type));

const asWhole = (change: Change): Change => ({ ...change, id: undefined });

/** One entry a coordinate; without an id in the events, or in the answer, it is the coordinate as a whole. */
function tagged(
  changes: readonly Change[],
  fields: ReadonlyMap<string, readonly FieldNode[]>,
): ObjectPart['tagged'] {
  const coordinates = new Set(changes.map(({ coordinate }) => coordinate));
  return [...coordinates].map((coordinate) => {
    const about = changes.filter((change) => change.coordinate === coordinate);
    const idFields = new Set(about.map(({ id, field }) => (id === undefined ? undefined : field)));
    const [field] = idFields;
    if (field === undefined || idFields.size > 1) return { coordinate, idKeys: [] };
    const keys = [...fields].flatMap(([key, [node]]) => (node?.name.value === field ? [key] : []));
    return { coordinate, idKeys: [field, ...keys] };
  });
}

function collectFields(
  typename: string,
  set: SelectionSetNode,
  scope: PolicyScope,
  into: Map<string, FieldNode[]>,
): void {
  for (const node of set.selections) {
    if (node.kind === Kind.FIELD) {
      const key = node.alias?.value ?? node.name.value;
      into.set(key, [...(into.get(key) ?? []), node]);
      continue;
    }
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? scope.fragments.get(node.name.value) : undefined;
    const inner = node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : fragment;
    const on = node.kind === Kind.INLINE_FRAGMENT ? node.typeCondition?.name.value : fragment?.on;
    const fits =
      on === undefined ||
      objectTypes(scope.schema, scope.schema.getType(on)).some(({ name }) => name === typename);
    if (inner && fits) collectFields(typename, inner, scope, into);
  }
}
