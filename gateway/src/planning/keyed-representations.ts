import { federationMetadata, type Supergraph } from '@apollo/federation-internals';
import type { FetchNode, QueryPlanInlineFragmentNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { Kind, parse } from 'graphql';

/** By type: which fields make up a key, for each of its keys. */
export type KeyFields = ReadonlyMap<string, readonly (readonly string[])[]>;

/** The keys of the types that a subgraph knows as `@interfaceObject`: names of their outermost fields. */
export function keyFieldsOf(supergraph: Supergraph, subgraph: string, types: Iterable<string>): KeyFields {
  const schema = supergraph.subgraphs().get(subgraph)?.schema;
  const key = schema && federationMetadata(schema)?.keyDirective();
  if (!schema || !key) return new Map();
  const keysOf = (name: string): readonly (readonly string[])[] =>
    (schema.type(name)?.appliedDirectivesOf(key) ?? []).map((applied) =>
      outermostFields(String(applied.arguments().fields)),
    );
  return new Map([...types].map((name) => [name, keysOf(name)]));
}

/**
 * Sees to it that objects are told apart by a key. The planner asks a subgraph that knows only the interface `Media` for
 * something of a `Clip` with `... on Clip { id } ... on Media { title }`: any other `Media` would be asked for as
 * well, by its title alone. What is required of the interface belongs to the types that bring a key.
 */
export function withKeys(fetch: FetchNode, keys: KeyFields): FetchNode {
  const { requires } = fetch;
  if (!requires || !requires.some((selection) => isKeyless(selection, keys))) return fetch;
  const keyed = requires.filter((selection) => !isKeyless(selection, keys));
  // Without any key, there is nobody else to ask for.
  if (keyed.length === 0) return fetch;
  const required = requires.flatMap((selection) => (isKeyless(selection, keys) ? selection.selections : []));
  const complete = keyed.map((selection) => withMore(selection, required));
  // What is required for a field under a condition may be missing: the others need the key alone.
  const isConditional = /@(skip|include)\(/.test(fetch.operation);
  return { ...fetch, requires: isConditional ? [...keyed, ...complete] : complete };
}

function isKeyless(
  selection: QueryPlanSelectionNode,
  keys: KeyFields,
): selection is QueryPlanInlineFragmentNode {
  if (selection.kind !== 'InlineFragment') return false;
  const of = keys.get(selection.typeCondition ?? '');
  if (!of) return false;
  const given = new Set(selection.selections.map((inner) => (inner.kind === 'Field' ? inner.name : '')));
  return !of.some((fields) => fields.every((field) => given.has(field)));
}

function withMore(
  selection: QueryPlanSelectionNode,
  more: readonly QueryPlanSelectionNode[],
): QueryPlanSelectionNode {
  if (selection.kind !== 'InlineFragment') return selection;
  const texts = new Set(selection.selections.map((inner) => JSON.stringify(inner)));
  const missing = more.filter((inner) => !texts.has(JSON.stringify(inner)));
  return { ...selection, selections: [...selection.selections, ...missing] };
}

const outermostFields = (fieldSet: string): readonly string[] =>
  parse(`{${fieldSet}}`, { noLocation: true }).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? definition.selectionSet.selections.flatMap((selection) =>
          selection.kind === Kind.FIELD ? [selection.name.value] : [],
        )
      : [],
  );
