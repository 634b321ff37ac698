import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import type { CheckedOperation } from '../../operation/checked-operation.js';
import type { LoadedSupergraph } from '../../supergraph/load.js';
import type { Clause } from './clause.js';
import { rulesOf } from './rules.js';

/** What an operation touches that not everybody may see. */
export interface GuardedFields {
  /** The demands, each once. */
  readonly clauses: readonly Clause[];
  /** The policies among them. */
  readonly policies: readonly string[];
  /** What each field of the document demands. A field stands on one type wherever its fragment is used. */
  readonly byField: ReadonlyMap<FieldNode, readonly Clause[]>;
}

const known = new WeakMap<CheckedOperation, GuardedFields | 'none'>();

/** What the operation touches that not everybody may see; undefined if there is nothing. Found once for each operation. */
export function guardedFields(
  operation: CheckedOperation,
  supergraph: LoadedSupergraph,
): GuardedFields | undefined {
  let guarded = known.get(operation);
  if (guarded === undefined) {
    guarded = find(operation, supergraph) ?? 'none';
    known.set(operation, guarded);
  }
  return guarded === 'none' ? undefined : guarded;
}

function find(
  { document, definition }: CheckedOperation,
  supergraph: LoadedSupergraph,
): GuardedFields | undefined {
  const rules = rulesOf(supergraph);
  const { schema } = supergraph.api;
  const root = schema.getRootType(definition.operation);
  if (rules.isEmpty || !root) return undefined;
  const byField = new Map<FieldNode, readonly Clause[]>();
  eachField(
    { schema, fragments: fragmentsOf(document.definitions) },
    root,
    definition.selectionSet,
    (type, node) => {
      const clauses = rules.clausesOf(type.name, node.name.value);
      if (clauses.length > 0) byField.set(node, clauses);
    },
  );
  if (byField.size === 0) return undefined;
  const clauses = [...new Set([...byField.values()].flat())];
  const policies = clauses.flatMap((clause) => (clause.kind === 'policies' ? clause.anyOf.flat() : []));
  return { clauses, policies: [...new Set(policies)], byField };
}

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

export const fragmentsOf = (definitions: CheckedOperation['document']['definitions']): Fragments =>
  new Map(
    definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );

/** Visits every field of a selection and of the fragments it uses once, with the type it is asked of. */
function eachField(
  { schema, fragments }: { readonly schema: GraphQLSchema; readonly fragments: Fragments },
  root: GraphQLNamedType,
  selectionSet: SelectionSetNode,
  visit: (type: GraphQLNamedType, field: FieldNode) => void,
): void {
  const seen = new Set<string>();
  const walk = (type: GraphQLNamedType | undefined, { selections }: SelectionSetNode): void => {
    // Fields that introspection adds belong to no type that has rules.
    if (!type) return;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        visit(type, selection);
        if (selection.selectionSet) walk(typeOfField(type, selection.name.value), selection.selectionSet);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const on = selection.typeCondition?.name.value;
        walk(on === undefined ? type : schema.getType(on), selection.selectionSet);
      } else {
        const fragment = fragments.get(selection.name.value);
        if (!fragment || seen.has(selection.name.value)) continue;
        seen.add(selection.name.value);
        walk(schema.getType(fragment.typeCondition.name.value), fragment.selectionSet);
      }
    }
  };
  walk(root, selectionSet);
}

/** The type of a field's value, without lists and non-null; undefined for `__schema`, `__type` and `__typename`. */
export function typeOfField(type: GraphQLNamedType, field: string): GraphQLNamedType | undefined {
  const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[field] : undefined;
  return definition && getNamedType(definition.type);
}
