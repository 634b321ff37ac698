import { conditionsOf, type Conditions } from '../../execution/compiled/conditions.js';
import { type ObjectShape, shapeOf } from '../../execution/compiled/shape.js';
import type { CheckedOperation } from '../../operation/checked-operation.js';
import type { LoadedSupergraph } from '../../supergraph/load.js';
import { type Amount, sum, type Variables } from './amount.js';
import { compileCount, type CountCost } from './count.js';
import { costDirectives } from './cost-directives.js';
import { estimateOf } from './estimate.js';
import { type FieldCost, fieldCosts } from './field-cost.js';
import type { Given } from './slicing.js';

/** The cost of one operation, for one set of values behind its @skip and @include. */
export interface OperationCost {
  /** What it costs before any field: 10 for a mutation. */
  readonly base: number;
  /** The most it can cost, `base` included. */
  readonly estimate: Amount;
  /** Counts what was answered, without `base`. */
  readonly count: CountCost;
  /** The first group of slicing arguments of which not exactly one was given. */
  misused(variables: Variables): readonly string[] | undefined;
  /** The estimate of what stands at some places only, without `base`. */
  estimateAt(isCounted: (place: string) => boolean): Amount;
  /** Counts on an account for each place. */
  countBy(accountOf: (place: string) => number): CountCost;
}

export interface CostsOptions {
  readonly defaultListSize: number;
}

/** What the kind of an operation costs, if its root type says nothing else. */
const BASE = { query: 0, mutation: 10, subscription: 0 } as const;

/** A client that tries all combinations of its conditions compiles each; so many are kept. */
const MAX_VARIANTS = 50;

/** Finds the cost of operations: compiled once for each, and once more for each combination of its conditions. */
export function createCosts({ defaultListSize }: CostsOptions) {
  interface Known {
    readonly conditions: Conditions;
    readonly variants: Map<string, OperationCost>;
  }
  const operations = new WeakMap<CheckedOperation, Known>();

  return (operation: CheckedOperation, supergraph: LoadedSupergraph, variables: Variables): OperationCost => {
    let known = operations.get(operation);
    if (!known) {
      known = { conditions: conditionsOf(operation), variants: new Map() };
      operations.set(operation, known);
    }
    const { conditions, variants } = known;
    const key = conditions.keyFor(variables);
    const before = variants.get(key);
    if (before) return before;
    const conditionValue = (name: string): boolean => conditions.valueIn(variables, name);
    const shape = shapeOf(operation, { schema: supergraph.api.schema, conditionValue });
    const cost = compileCost(shape, operation, { supergraph, defaultListSize });
    if (variants.size >= MAX_VARIANTS) variants.clear();
    variants.set(key, cost);
    return cost;
  };
}

function compileCost(
  shape: ObjectShape,
  { definition, kind }: CheckedOperation,
  { supergraph, defaultListSize }: CostsOptions & { readonly supergraph: LoadedSupergraph },
): OperationCost {
  const { schema } = supergraph.api;
  const costOfField = fieldCosts({ supergraph, operation: definition, defaultListSize });
  const requirements = new Set<NonNullable<FieldCost['requires']>>();
  const costOf: typeof costOfField = (typename, field) => {
    const cost = costOfField(typename, field);
    if (cost.requires) requirements.add(cost.requires);
    return cost;
  };
  const rootType = supergraph.full.getType(shape.declared.name)?.astNode;
  const base = costDirectives(supergraph).weight(rootType) ?? BASE[kind];
  const estimate = sum([base, estimateOf(shape, { schema, costOf, defaultListSize })]);
  const rules = [...requirements];
  let count: CountCost | undefined;
  return {
    base,
    estimate,
    get count() {
      return (count ??= compileCount(shape, { schema, costOf: costOfField }));
    },
    misused: (variables) => rules.find(({ given }) => howMany(given, variables) !== 1)?.names,
    estimateAt: (isCounted) => estimateOf(shape, { schema, costOf: costOfField, defaultListSize, isCounted }),
    countBy: (accountOf) => compileCount(shape, { schema, costOf: costOfField, accountOf }),
  };
}

function howMany(given: readonly Given[], variables: Variables): number {
  let many = 0;
  for (const one of given) {
    if ((typeof one === 'function' ? one(variables) : one) !== undefined) many += 1;
  }
  return many;
}
