import type { RangeOperator } from './range.js';
import type { FieldSource, Value } from '../bson/value.js';
import type { Path } from './path.js';

/** A parsed query: everything in it is known to be in the subset. */
export type Filter =
  | { readonly kind: 'and' | 'or' | 'nor'; readonly children: readonly Filter[] }
  | { readonly kind: 'field'; readonly path: Path; readonly test: FieldTest }
  | { readonly kind: 'expression'; readonly holds: (source: FieldSource) => boolean };

/** A condition on one value. */
export type ValueCondition =
  | { readonly kind: 'equals'; readonly value: Value }
  | { readonly kind: 'range'; readonly operator: RangeOperator; readonly value: Value }
  | { readonly kind: 'in'; readonly values: readonly Value[]; readonly patterns: readonly RegExp[] }
  | { readonly kind: 'pattern'; readonly pattern: RegExp }
  | { readonly kind: 'exists' }
  | { readonly kind: 'type'; readonly types: ReadonlySet<string> }
  | { readonly kind: 'mod'; readonly divisor: bigint; readonly remainder: bigint };

/** A condition on the values of one path. */
export type FieldTest =
  | ValueCondition
  | { readonly kind: 'size'; readonly size: number }
  | { readonly kind: 'all'; readonly tests: readonly FieldTest[] }
  | { readonly kind: 'not'; readonly tests: readonly FieldTest[] }
  | { readonly kind: 'elementMatches'; readonly filter: Filter }
  | { readonly kind: 'elementPasses'; readonly tests: readonly FieldTest[] };

const onWholeField = ['size', 'all', 'not', 'elementMatches', 'elementPasses'];

export function isValueCondition(test: FieldTest): test is ValueCondition {
  return !onWholeField.includes(test.kind);
}

/** What a match can tell besides yes: the array position that the positional operator `$` of an update stands for. */
export interface MatchDetails {
  index?: number;
}

/** A query ready to run. */
export type Matcher = (source: FieldSource, details?: MatchDetails) => boolean;

/** How `$expr` becomes a predicate; passed in, because expressions live with aggregation. */
export type CompileExpression = (expression: Value) => (source: FieldSource) => boolean;
