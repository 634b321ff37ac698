import {
  type FieldNode,
  type GraphQLNamedType,
  Kind,
  type SelectionSetNode,
  getNamedType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import type { CheckedOperation } from '../../operation/checked-operation.js';
import type { LoadedSupergraph } from '../../supergraph/load.js';
import type { Variables } from '../cost/amount.js';
import { costDirectives } from '../cost/cost-directives.js';
import { type Given, givenNumber } from '../cost/slicing.js';

/** Finds the longest list that an operation may ask for by its slicing arguments; 0 if it names no length. */
export function createListSizes() {
  const known = new WeakMap<CheckedOperation, readonly Given[]>();
  return (operation: CheckedOperation, supergraph: LoadedSupergraph, variables: Variables): number => {
    let slices = known.get(operation);
    if (!slices) {
      slices = slicesOf(operation, supergraph);
      known.set(operation, slices);
    }
    let longest = 0;
    for (const slice of slices) {
      const size = typeof slice === 'function' ? slice(variables) : slice;
      if (size !== undefined && size > longest) longest = size;
    }
    return longest;
  };
}

/** The slicing arguments of an operation. Fragments count whether it uses them or not: validation wants them used. */
function slicesOf(operation: CheckedOperation, supergraph: LoadedSupergraph): readonly Given[] {
  const { document, definition } = operation;
  const { full } = supergraph;
  const directives = costDirectives(supergraph);
  const slices: Given[] = [];

  const lookAt = (set: SelectionSetNode, parent: GraphQLNamedType | undefined): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition ? full.getType(selection.typeCondition.name.value) : parent;
        lookAt(selection.selectionSet, condition);
        continue;
      }
      for (const path of directives.listSize(parent, selection.name.value)?.slicingArguments ?? [])
        slices.push(givenNumber(path, { node: selection, parent, operation: definition }));
      if (selection.selectionSet) lookAt(selection.selectionSet, typeOf(parent, selection));
    }
  };

  lookAt(definition.selectionSet, full.getRootType(definition.operation) ?? undefined);
  for (const fragment of document.definitions) {
    if (fragment.kind !== Kind.FRAGMENT_DEFINITION) continue;
    lookAt(fragment.selectionSet, full.getType(fragment.typeCondition.name.value));
  }
  // Most lengths are written down: only the longest of them matters.
  const written = slices.filter((slice) => typeof slice === 'number');
  const open = slices.filter((slice) => typeof slice === 'function');
  return [...(written.length > 0 ? [Math.max(...written)] : []), ...open];
}

function typeOf(parent: GraphQLNamedType | undefined, { name }: FieldNode): GraphQLNamedType | undefined {
  if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined;
  const field = parent.getFields()[name.value];
  return field && getNamedType(field.type);
}
