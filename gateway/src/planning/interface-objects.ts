import { isInterfaceObjectType, type Supergraph } from '@apollo/federation-internals';
import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import {
  type DocumentNode,
  Kind,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  stripIgnoredCharacters,
} from 'graphql';
import { keyFieldsOf, type KeyFields, withKeys } from './keyed-representations.js';

/** By subgraph: the types that it knows as `@interfaceObject`, and their keys. */
export type InterfaceObjects = ReadonlyMap<string, KeyFields>;

/** Reads from the supergraph which subgraph knows an interface's entities without knowing what they are. */
export function interfaceObjectsOf(supergraph: Supergraph): InterfaceObjects {
  const found = new Map<string, KeyFields>();
  for (const { name, schema } of supergraph.subgraphs().values()) {
    const names = [...schema.objectTypes()]
      .filter((type) => isInterfaceObjectType(type))
      .map((type) => type.name);
    if (names.length > 0) found.set(name, keyFieldsOf(supergraph, name, names));
  }
  return found;
}

/**
 * Leaves out `__typename` where entities are asked for something else of a subgraph that knows them as an
 * `@interfaceObject` only: it says the interface's name, which would take the place of the type that is known already.
 * Objects that such a subgraph is the first to tell of keep theirs: another subgraph is asked by it what they are.
 */
export function withoutNamesOfInterfaces(plan: QueryPlan, objects: InterfaceObjects): QueryPlan {
  const { node } = plan;
  if (!node) return plan;
  if (node.kind !== 'Subscription') return { ...plan, node: inNode(node, objects) };
  return { ...plan, node: { ...node, ...(node.rest ? { rest: inNode(node.rest, objects) } : {}) } };
}

function inNode(node: PlanNode, objects: InterfaceObjects): PlanNode {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return { ...node, nodes: node.nodes.map((child) => inNode(child, objects)) };
    case 'Flatten':
      return { ...node, node: inNode(node.node, objects) };
    case 'Condition':
      return {
        ...node,
        ...(node.ifClause ? { ifClause: inNode(node.ifClause, objects) } : {}),
        ...(node.elseClause ? { elseClause: inNode(node.elseClause, objects) } : {}),
      };
    case 'Fetch':
      return inFetch(node, objects.get(node.serviceName));
    case 'Defer':
      return node;
  }
}

function inFetch(fetch: FetchNode, names: KeyFields | undefined): FetchNode {
  if (!names || !fetch.requires) return fetch;
  const { operationDocumentNode: _outdated, ...rest } = withKeys(fetch, names);
  if (!fetch.operation.includes('__typename')) return rest;
  const document = parse(fetch.operation, { noLocation: true });
  const changed: DocumentNode = {
    ...document,
    definitions: document.definitions.map((definition) => {
      if (definition.kind !== Kind.OPERATION_DEFINITION) return definition;
      // A fetch that requires something asks for `_entities`, and for nothing beside it.
      const [entities] = definition.selectionSet.selections;
      if (entities?.kind !== Kind.FIELD || !entities.selectionSet) return definition;
      const selections = [{ ...entities, selectionSet: inSet(entities.selectionSet, undefined, names) }];
      return { ...definition, selectionSet: { ...definition.selectionSet, selections } };
    }),
  };
  return { ...rest, operation: stripIgnoredCharacters(print(changed)) };
}

function inSet(set: SelectionSetNode, on: string | undefined, names: KeyFields): SelectionSetNode {
  const isUnnamed = on !== undefined && names.has(on);
  const selections = set.selections
    .filter((selection) => !(isUnnamed && isTypename(selection)))
    .map((selection) =>
      selection.kind === Kind.INLINE_FRAGMENT
        ? {
            ...selection,
            selectionSet: inSet(selection.selectionSet, selection.typeCondition?.name.value ?? on, names),
          }
        : selection,
    );
  return { ...set, selections: selections.length > 0 ? selections : [NAME_OF_NOBODY] };
}

const isTypename = (selection: SelectionNode): boolean =>
  selection.kind === Kind.FIELD && selection.name.value === '__typename';

/** A selection set must not be empty; under this key nobody reads. */
const NAME_OF_NOBODY: SelectionNode = {
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: '_interface' },
  name: { kind: Kind.NAME, value: '__typename' },
};
