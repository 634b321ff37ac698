import {
  type GraphQLInputType,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  type ValueNode,
} from 'graphql';
import { type Amount, sum } from './amount.js';
import type { CostDirectives } from './cost-directives.js';

/** Something that takes a value: an argument, or a field of an input object. */
interface Input {
  readonly type: GraphQLInputType;
  readonly astNode?: Parameters<CostDirectives['weight']>[0];
}

/**
 * What values given to arguments cost: the weight of the argument, or of its type, and those of the input fields
 * inside; once for each item of a list. Without `@cost` values are free.
 */
export function argumentCosts(directives: CostDirectives): (input: Input, value: ValueNode) => Amount {
  const ownWeight = (input: Input): number =>
    directives.weight(input.astNode) ?? directives.weight(getNamedType(input.type).astNode) ?? 0;

  /** Most schemas weigh no input at all: then no value is looked at. */
  const canCost = (input: Input, seen = new Set<GraphQLInputType>()): boolean => {
    if (ownWeight(input) !== 0) return true;
    const type = getNamedType(input.type);
    if (!isInputObjectType(type) || seen.has(type)) return false;
    seen.add(type);
    return Object.values(type.getFields()).some((field) => canCost(field, seen));
  };

  const ofWritten = (input: Input, value: ValueNode): Amount => {
    if (value.kind === Kind.NULL) return 0;
    if (value.kind === Kind.VARIABLE) return (variables) => ofGiven(input, variables[value.name.value]);
    if (value.kind === Kind.LIST) {
      const item = itemOf(input);
      return sum(value.values.map((inner) => ofWritten(item, inner)));
    }
    if (value.kind !== Kind.OBJECT) return ownWeight(input);
    const fields = fieldsOf(input);
    const inside = value.fields.map((field) => {
      const known = fields[field.name.value];
      return known ? ofWritten(known, field.value) : 0;
    });
    return sum([ownWeight(input), ...inside]);
  };

  const ofGiven = (input: Input, value: unknown): number => {
    if (value === undefined || value === null) return 0;
    if (Array.isArray(value)) {
      const item = itemOf(input);
      return value.reduce<number>((total, inner) => total + ofGiven(item, inner), 0);
    }
    let total = ownWeight(input);
    if (typeof value !== 'object') return total;
    const fields = fieldsOf(input);
    for (const [name, inner] of Object.entries(value)) {
      const known = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (known) total += ofGiven(known, inner);
    }
    return total;
  };

  return (input, value) => (canCost(input) ? ofWritten(input, value) : 0);
}

function fieldsOf({ type }: Input): Readonly<Record<string, Input>> {
  const named = getNamedType(type);
  return isInputObjectType(named) ? named.getFields() : {};
}

/** What an item of a list is: the weight stands with the whole, and counts for each item. */
function itemOf(input: Input): Input {
  const type = isNonNullType(input.type) ? input.type.ofType : input.type;
  return isListType(type) ? { ...input, type: type.ofType } : input;
}
