import type { GraphQLSchema } from 'graphql';
import { concreteTypes, type FieldShape, type ObjectShape } from '../../execution/compiled/shape.js';
import { below } from '../../execution/compiled/fetch-fields.js';
import { type Amount, largest, product, sum } from './amount.js';
import type { FieldCost } from './field-cost.js';

/** The schema's answer costs about as much as a few objects. */
export const INTROSPECTION_COST = 10;

export interface EstimateScope {
  readonly schema: GraphQLSchema;
  readonly costOf: (typename: string, field: Counted) => FieldCost;
  readonly defaultListSize: number;
  /** Whether what stands at this place of the answer is counted. @default everything is */
  readonly isCounted?: (place: string) => boolean;
}

type Counted = Extract<FieldShape, { kind: 'leaf' | 'object' }>;
type Sized = FieldCost['sized'];

/**
 * The most that the fields of an operation can cost, if lists are no longer than they were said to be. At a place
 * where objects of several types may stand, the dearest type counts.
 */
export function estimateOf(root: ObjectShape, scope: EstimateScope): Amount {
  const { schema, costOf, defaultListSize, isCounted } = scope;
  // The same shape costs the same wherever it stands, unless places or sizes given from above matter.
  const known = new Map<ObjectShape, Amount>();

  const ofObject = (shape: ObjectShape, place: string, sized: Sized): Amount => {
    const isPlain = !sized && !isCounted;
    const before = isPlain ? known.get(shape) : undefined;
    if (before !== undefined) return before;
    const byType = concreteTypes(schema, shape.declared).map((typename) =>
      sum((shape.fieldsOf(typename) ?? []).map((field) => ofField(typename, field, { place, sized }))),
    );
    const amount = largest(byType);
    if (isPlain) known.set(shape, amount);
    return amount;
  };

  const ofField = (
    typename: string,
    field: FieldShape,
    { place, sized }: { readonly place: string; readonly sized: Sized },
  ): Amount => {
    if (field.kind === 'typename') return 0;
    const at = below(place, field.key);
    const counts = isCounted?.(at) ?? true;
    if (field.kind === 'introspection') return counts ? INTROSPECTION_COST : 0;
    const cost = costOf(typename, field);
    const inside = field.kind === 'object' ? ofObject(field.object, at, cost.sized) : 0;
    const each = counts ? sum([cost.weight, inside]) : inside;
    const given = counts ? cost.arguments : 0;
    if (cost.lists === 0) return sum([each, given]);
    const outer = sized?.fields.has(field.name) ? sized.size : (cost.size ?? defaultListSize);
    return sum([product(product(outer, defaultListSize ** (cost.lists - 1)), each), given]);
  };

  return ofObject(root, '', undefined);
}
