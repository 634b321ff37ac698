import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  type OperationTypeNode,
} from 'graphql';
import { declareVariable, randomArguments, type Variables } from './random-input.js';
import { createTape } from './tape.js';

/** An operation and values for its variables. */
export interface RandomOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What kind of operations are wanted. */
export interface RandomOperationOptions {
  /** @default 'query' */
  readonly kind?: `${OperationTypeNode}`;
  /** Most fields in one operation. @default 40 */
  readonly maxFields?: number;
}

/**
 * Builds an operation, nearly always valid, from numbers: fields of all depths, aliases, `__typename`, fragments,
 * @skip and @include with variables, arguments as literals and as variables. A subscription has one root field.
 *
 * @example randomOperation(schema, [3, 1, 4, 1, 5]).query // "query { users { id } }"
 */
export function randomOperation(
  schema: GraphQLSchema,
  numbers: readonly number[],
  { kind = 'query', maxFields = 40 }: RandomOperationOptions = {},
): RandomOperation {
  const tape = createTape(numbers);
  const { choose, chance } = tape;
  const variables: Variables = { declared: [], values: {} };
  const fragments: string[] = [];
  // Equal response keys must mean equal fields: each (type, field, arguments) has a key of its own.
  const keys = new Map<string, string>();
  let fieldsLeft = maxFields;

  const condition = (): string =>
    chance(12)
      ? ` @${chance(50) ? 'skip' : 'include'}(if: ${declareVariable('Boolean!', chance(50), variables)})`
      : '';

  const field = (
    parent: GraphQLCompositeType,
    definition: GraphQLField<unknown, unknown>,
    depth: number,
    isRoot = false,
  ): string => {
    fieldsLeft -= 1;
    const call = `${definition.name}${randomArguments(definition.args, tape, variables)}`;
    const identity = `${parent.name}.${call}`;
    const isPlain =
      !usesAliases &&
      definition.args.length === 0 &&
      !isAbstractType(parent) &&
      !ambiguous.has(definition.name);
    const key = keys.get(identity) ?? `k${keys.size}`;
    keys.set(identity, key);
    const alias = isPlain ? '' : `${key}: `;
    const named = getNamedType(definition.type);
    // A subscription without its root field is refused.
    const decided = isRoot && kind === 'subscription' ? '' : condition();
    return `${alias}${call}${decided}${isCompositeType(named) ? ` ${selections(named, depth + 1)}` : ''}`;
  };

  const selections = (type: GraphQLCompositeType, depth: number): string => {
    const parts: string[] = [];
    if (chance(30)) parts.push(chance(20) ? `t${choose(2)}: __typename` : '__typename');
    if (isAbstractType(type)) {
      for (const possible of schema.getPossibleTypes(type)) {
        if (!chance(60)) continue;
        const inner = selections(possible, depth);
        if (chance(20)) {
          const name = `F${fragments.length}`;
          fragments.push(`fragment ${name} on ${possible.name} ${inner}`);
          parts.push(`...${name}${condition()}`);
        } else parts.push(`... on ${possible.name}${condition()} ${inner}`);
      }
    }
    if ('getFields' in type) {
      for (const definition of Object.values(type.getFields())) {
        const isDeep = isCompositeType(getNamedType(definition.type));
        if (fieldsLeft <= 0 || (isDeep && depth > 4) || !chance(isDeep ? 55 : 60)) continue;
        parts.push(field(type, definition, depth));
      }
    }
    return `{ ${parts.length > 0 ? parts.join(' ') : '__typename'} }`;
  };

  const ambiguous = ambiguousNames(schema);
  const usesAliases = chance(60);
  const root = schema.getRootType(kind as OperationTypeNode);
  if (!root) throw new Error(`The schema has no type for a ${kind}.`);
  const roots = Object.values(root.getFields());
  const wanted = Array.from({ length: kind === 'subscription' ? 1 : 1 + choose(3) }, () => tape.pick(roots));
  const body = [...new Set(wanted)].map((definition) => field(root, definition, 0, true)).join(' ');
  const head = variables.declared.length > 0 ? `${kind}(${variables.declared.join(', ')})` : kind;
  return { query: `${head} { ${body} } ${fragments.join(' ')}`.trim(), variables: variables.values };
}

/** Names of fields that are not of one type everywhere: below a union, they must not have one key. */
function ambiguousNames(schema: GraphQLSchema): ReadonlySet<string> {
  const types = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const known = types.get(field.name) ?? String(field.type);
      if (known !== String(field.type)) ambiguous.add(field.name);
      types.set(field.name, known);
    }
  }
  return ambiguous;
}
