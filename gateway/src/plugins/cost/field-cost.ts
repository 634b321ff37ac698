import {
  type GraphQLNamedType,
  type GraphQLOutputType,
  getNamedType,
  isCompositeType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
} from 'graphql';
import type { FieldShape } from '../../execution/compiled/shape.js';
import type { LoadedSupergraph } from '../../supergraph/load.js';
import { type Amount, sum } from './amount.js';
import { argumentCosts } from './argument-cost.js';
import { costDirectives, type ListSize } from './cost-directives.js';
import { argumentOf, type Given, givenNumber } from './slicing.js';

/** What one field of an answer costs, as the supergraph's directives say. */
export interface FieldCost {
  /** For each thing that the field answers with. */
  readonly weight: number;
  /** For what its arguments are given, once for each object that has the field. */
  readonly arguments: Amount;
  /** How many levels of lists the field has. */
  readonly lists: number;
  /** How long its outermost list may be, as its own `@listSize` says. */
  readonly size: Amount | undefined;
  /** How long the lists below may be, by field. */
  readonly sized: { readonly fields: ReadonlySet<string>; readonly size: Amount } | undefined;
  /** The slicing arguments of which exactly one must be given. */
  readonly requires: { readonly names: readonly string[]; readonly given: readonly Given[] } | undefined;
}

type CountedField = Extract<FieldShape, { kind: 'leaf' | 'object' }>;

export interface FieldCostScope {
  readonly supergraph: LoadedSupergraph;
  readonly operation: OperationDefinitionNode;
  readonly defaultListSize: number;
}

/** Works out the cost of fields of one operation. */
export function fieldCosts({ supergraph, operation, defaultListSize }: FieldCostScope) {
  const directives = costDirectives(supergraph);
  const costOfArgument = argumentCosts(directives);

  return (typename: string, field: CountedField): FieldCost => {
    const parent: GraphQLNamedType | undefined = supergraph.full.getType(typename);
    const named = getNamedType(field.type);
    // The API schema has no directives; the supergraph's own type has.
    const annotated = supergraph.full.getType(named.name)?.astNode;
    const weight =
      directives.fieldWeight(parent, field.name) ??
      directives.weight(annotated) ??
      (isCompositeType(named) ? 1 : 0);
    const given = (field.node.arguments ?? []).map(({ name, value }) => {
      const argument = argumentOf(parent, field.name, name.value);
      return argument ? costOfArgument(argument, value) : 0;
    });
    const listSize = directives.listSize(parent, field.name);
    const cost = { weight, arguments: sum(given), lists: listsOf(field.type) };
    if (!listSize) return { ...cost, size: undefined, sized: undefined, requires: undefined };

    const slices = listSize.slicingArguments.map((path) =>
      givenNumber(path, { node: field.node, parent, operation }),
    );
    const size = sizeOf(listSize, slices, defaultListSize);
    const isSized = listSize.sizedFields.length > 0;
    return {
      ...cost,
      size: isSized ? undefined : size,
      sized: isSized ? { fields: new Set(listSize.sizedFields), size } : undefined,
      requires:
        listSize.requireOneSlicingArgument && slices.length > 0
          ? { names: listSize.slicingArguments, given: slices }
          : undefined,
    };
  };
}

/** The largest that any argument asks for; if none does, what the directive assumes. */
function sizeOf({ assumedSize }: ListSize, slices: readonly Given[], defaultListSize: number): Amount {
  const assumed = assumedSize ?? defaultListSize;
  const known = slices.filter((slice) => typeof slice === 'number');
  const open = slices.filter((slice) => typeof slice === 'function');
  const most = known.length > 0 ? Math.max(0, ...known) : undefined;
  if (open.length === 0) return most ?? assumed;
  return (variables) => {
    let size = most;
    for (const slice of open) {
      const given = slice(variables);
      if (given !== undefined) size = Math.max(size ?? 0, given);
    }
    return size ?? assumed;
  };
}

function listsOf(type: GraphQLOutputType): number {
  let lists = 0;
  for (let inner = type; isListType(inner) || isNonNullType(inner); inner = inner.ofType) {
    if (isListType(inner)) lists += 1;
  }
  return lists;
}
