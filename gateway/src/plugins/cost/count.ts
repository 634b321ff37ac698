import type { GraphQLSchema } from 'graphql';
import { below } from '../../execution/compiled/fetch-fields.js';
import { own } from '../../execution/compiled/generate.js';
import type { JsonObject } from '../../execution/compiled/json.js';
import { concreteTypes, type FieldShape, type ObjectShape } from '../../execution/compiled/shape.js';
import { valueOf, type Variables } from './amount.js';
import { INTROSPECTION_COST } from './estimate.js';
import type { FieldCost } from './field-cost.js';

/** What was answered, on several accounts. */
export type Tally = number[];

/** Adds what the fields of an answer cost to the tally. */
export type CountCost = (data: JsonObject, variables: Variables, tally: Tally) => void;

export interface CountScope {
  readonly schema: GraphQLSchema;
  readonly costOf: (typename: string, field: Counted) => FieldCost;
  /** The account of what stands at this place of the answer. @default 0 for all */
  readonly accountOf?: (place: string) => number;
}

type Counted = Extract<FieldShape, { kind: 'leaf' | 'object' }>;
type CountField = CountCost;

/** Prepares the count of answers of one shape. Fields that cost nothing are not looked at. */
export function compileCount(root: ObjectShape, { schema, costOf, accountOf }: CountScope): CountCost {
  const known = new Map<ObjectShape, CountCost | undefined>();

  /** Undefined if nothing in such an object costs anything. */
  const countObject = (shape: ObjectShape, place: string): CountCost | undefined => {
    if (!accountOf && known.has(shape)) return known.get(shape);
    const types = concreteTypes(schema, shape.declared);
    const byType = new Map<unknown, readonly CountField[]>();
    for (const typename of types) {
      byType.set(
        typename,
        (shape.fieldsOf(typename) ?? []).flatMap((field) => countField(typename, field, place) ?? []),
      );
    }
    const [only] = types.length === 1 ? types : [];
    const counted = [...byType.values()].some((fields) => fields.length > 0)
      ? only === undefined
        ? countByType(byType)
        : countAll(byType.get(only) ?? [])
      : undefined;
    known.set(shape, counted);
    return counted;
  };

  const countField = (typename: string, field: FieldShape, place: string): CountField | undefined => {
    if (field.kind === 'typename') return undefined;
    const at = below(place, field.key);
    const account = accountOf?.(at) ?? 0;
    if (field.kind === 'introspection') {
      return (_object, _variables, tally) => {
        tally[account] = (tally[account] ?? 0) + INTROSPECTION_COST;
      };
    }
    const cost = costOf(typename, field);
    const { weight, arguments: given } = cost;
    const inside = field.kind === 'object' ? countObject(field.object, at) : undefined;
    if (weight === 0 && given === 0 && !inside) return undefined;

    const countValue = (value: unknown, variables: Variables, tally: Tally): number => {
      if (value === null || value === undefined) return 0;
      if (Array.isArray(value)) {
        let count = 0;
        for (let index = 0; index < value.length; index += 1)
          count += countValue(value[index], variables, tally);
        return count;
      }
      // Of a field with selections, subgraphs answer nothing but objects, lists and null.
      inside?.(value as JsonObject, variables, tally);
      return 1;
    };
    const { key } = field;
    const isInherited = key in Object.prototype;
    return (object, variables, tally) => {
      const value = isInherited ? own(object, key) : object[key];
      const count = countValue(value, variables, tally);
      tally[account] = (tally[account] ?? 0) + count * weight + (given === 0 ? 0 : valueOf(given, variables));
    };
  };

  return countObject(root, '') ?? (() => {});
}

function countAll(fields: readonly CountField[]): CountCost {
  const [only] = fields;
  if (only && fields.length === 1) return only;
  return (object, variables, tally) => {
    for (const count of fields) count(object, variables, tally);
  };
}

const countByType =
  (byType: ReadonlyMap<unknown, readonly CountField[]>): CountCost =>
  (object, variables, tally) => {
    for (const count of byType.get(object['__typename']) ?? []) count(object, variables, tally);
  };
