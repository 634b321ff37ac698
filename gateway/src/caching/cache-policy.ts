import {
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type FieldNode,
  type SelectionSetNode,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
} from 'graphql';
import type { CacheHint, CacheHints } from './cache-hints.js';

/** For how long, and for whom, an answer may be kept. */
export interface CachePolicy {
  /** In seconds; 0 if it must not be kept. */
  readonly maxAge: number;
  /** True if it is for one viewer (or cart) alone. */
  readonly isPrivate: boolean;
  /** The subgraphs whose events tell of changes in it. */
  readonly sources: readonly string[];
}

export interface PolicyScope {
  readonly schema: GraphQLSchema;
  readonly hints: CacheHints;
  readonly fragments: ReadonlyMap<string, SelectionSetNode & { readonly on: string }>;
  /** The subgraph that answers, for a fetch. @default whichever owns each field */
  readonly servedBy?: string;
}

/**
 * The policy of a selection: the lowest `maxAge` of its fields, private if any of them is. As Apollo's rules have it:
 * - what a field says counts before what its type says;
 * - a root field, and a field of a composite type, counts as 0 if neither says anything (or inherits, if asked to);
 * - other fields take their parent's. Here a parent's hint only counts for fields of the subgraph that gave it, so a
 *   field that another subgraph adds to the type has to speak for itself. Keys are as good as what refers to them.
 *
 * `@skip` and `@include` are not looked at: what may be left out still counts.
 */
export function policyOf(
  selection: SelectionSetNode,
  declared: readonly GraphQLNamedType[],
  scope: PolicyScope,
): CachePolicy {
  const { schema, hints, fragments, servedBy } = scope;
  let maxAge = Infinity;
  let isPrivate = false;
  const sources = new Set<string>();
  const seen = new Map<SelectionSetNode, Set<string>>();
  const limit = (seconds: number): void => {
    maxAge = Math.min(maxAge, seconds);
  };
  /** Hints that count for what these subgraphs answer. */
  const hintsFor = (type: string, owners: readonly string[]): readonly CacheHint[] => {
    const contributors = hints.contributorsTo(type);
    return hints
      .ofType(type)
      .filter(({ subgraph }) =>
        subgraph === undefined ? contributors.length === 1 : owners.includes(subgraph),
      );
  };
  const lowest = (given: readonly CacheHint[]): number | undefined => {
    const ages = given.flatMap((hint) => hint.maxAge ?? []);
    return ages.length === 0 ? undefined : Math.min(...ages);
  };

  const inherit = (parent: GraphQLObjectType, owners: readonly string[], isTop: boolean): void => {
    const given = hintsFor(parent.name, owners);
    const age = lowest(given);
    if (age !== undefined) return limit(age);
    const speaksForAll = hints.contributorsTo(parent.name).length <= 1 || given.length > 0;
    if (isTop || !speaksForAll) limit(0);
  };

  const visitField = (parent: GraphQLObjectType, node: FieldNode, isTop: boolean): void => {
    const name = node.name.value;
    if (name === '__typename') return;
    const field = parent.getFields()[name];
    // Introspection, or something only the subgraph knows.
    if (!field) return limit(0);
    const owners = servedBy === undefined ? hints.ownersOf(parent, name) : [servedBy];
    const own = hints.ofField(parent, name);
    const type = getNamedType(field.type);
    const ofType = isCompositeType(type) ? hintsFor(type.name, owners) : [];
    for (const change of hints.changesOfField(parent, name)) sources.add(change.subgraph);
    if ([...own, ...ofType, ...hintsFor(parent.name, owners)].some((hint) => hint.isPrivate))
      isPrivate = true;

    const age = lowest(own) ?? lowest(ofType);
    if (age !== undefined) limit(age);
    else if (hints.isKey(parent.name, name)) return;
    else if (!isCompositeType(type) || [...own, ...ofType].some(({ inheritMaxAge }) => inheritMaxAge))
      inherit(parent, owners, isTop);
    else limit(0);
    if (node.selectionSet) visitSet([type], node.selectionSet, false);
  };

  const visitSet = (types: readonly GraphQLNamedType[], set: SelectionSetNode, isTop: boolean): void => {
    for (const type of types) for (const object of objectTypes(schema, type)) visitObject(object, set, isTop);
  };
  const visitObject = (object: GraphQLObjectType, set: SelectionSetNode, isTop: boolean): void => {
    const types = seen.get(set) ?? new Set();
    const visit = `${object.name} ${isTop}`;
    if (types.has(visit)) return;
    seen.set(set, types.add(visit));
    for (const change of hints.changesOfType(object.name)) sources.add(change.subgraph);
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) {
        visitField(object, node, isTop);
        continue;
      }
      const inner = node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : fragments.get(node.name.value);
      const on =
        node.kind === Kind.INLINE_FRAGMENT
          ? node.typeCondition?.name.value
          : fragments.get(node.name.value)?.on;
      if (inner && (on === undefined || objectTypes(schema, schema.getType(on)).includes(object)))
        visitObject(object, inner, isTop);
    }
  };

  visitSet(declared, selection, true);
  return { maxAge: maxAge === Infinity ? 0 : maxAge, isPrivate, sources: [...sources] };
}

/** The types that an object of this type can have. */
export function objectTypes(
  schema: GraphQLSchema,
  type: GraphQLNamedType | undefined,
): readonly GraphQLObjectType[] {
  if (isAbstractType(type)) return schema.getPossibleTypes(type);
  return isObjectType(type) ? [type] : [];
}
