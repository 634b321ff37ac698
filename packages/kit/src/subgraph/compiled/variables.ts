import {
  GraphQLBoolean,
  type GraphQLError,
  GraphQLFloat,
  GraphQLID,
  type GraphQLInputType,
  GraphQLInt,
  GraphQLScalarType,
  type GraphQLSchema,
  GraphQLString,
  getVariableValues,
  isInputType,
  isListType,
  isNonNullType,
  isScalarType,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';

/** Variables as resolvers see them, or what is wrong with them. */
export type Coerced =
  | { readonly coerced: Readonly<Record<string, unknown>>; readonly errors?: never }
  | { readonly coerced?: never; readonly errors: readonly GraphQLError[] };

type Variables = Readonly<Record<string, unknown>>;

/** Said of a value that graphql-js has to look at. */
const UNSURE = Symbol('unsure');
type Coerce = (value: unknown) => unknown;

/** As many mistakes as graphql-js tells by default. */
const MAX_ERRORS = 50;

/**
 * Coerces the variables of an operation. Numbers, texts, lists of them, and scalars that take whatever they are given
 * are checked here; everything else, and everything that is wrong, is left to graphql-js.
 */
export function compileVariables(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
): (given: Variables) => Coerced {
  const known = definitions.map(({ variable, type: node, defaultValue }) => {
    const type = typeFromAST(schema, node);
    const coerce = defaultValue || !isInputType(type) ? unsure : coercionOf(type);
    return { name: variable.name.value, coerce };
  });
  return (given) => {
    const coerced: Record<string, unknown> = {};
    for (const { name, coerce } of known) {
      if (!Object.hasOwn(given, name) && coerce(null) === null) continue;
      const value = coerce(given[name]);
      if (value === UNSURE) return getVariableValues(schema, definitions, given, { maxErrors: MAX_ERRORS });
      coerced[name] = value;
    }
    return { coerced };
  };
}

const unsure: Coerce = () => UNSURE;

/** What a scalar has that says nothing of how it reads values. */
const { parseValue: TAKES_ALL } = new GraphQLScalarType({ name: 'Anything' });

function coercionOf(type: GraphQLInputType): Coerce {
  if (isNonNullType(type)) {
    const coerce = coercionOf(type.ofType);
    return (value) => (value === null || value === undefined ? UNSURE : coerce(value));
  }
  const coerce = nonNullCoercionOf(type);
  return (value) => (value === null ? null : coerce(value));
}

function nonNullCoercionOf(type: GraphQLInputType): Coerce {
  if (isListType(type)) {
    const coerce = coercionOf(type.ofType);
    return (value) => {
      if (!Array.isArray(value)) return UNSURE;
      const items: unknown[] = [];
      for (const given of value) {
        const item = coerce(given);
        if (item === UNSURE) return UNSURE;
        items.push(item);
      }
      return items;
    };
  }
  const isPlain = PLAIN.get(type);
  if (isPlain) return (value) => (isPlain(value) ? value : UNSURE);
  if (!isScalarType(type) || type.parseValue !== TAKES_ALL) return unsure;
  return (value) => (value === undefined ? UNSURE : value);
}

const PLAIN = new Map<GraphQLInputType, (value: unknown) => boolean>([
  [GraphQLString, (value) => typeof value === 'string'],
  [GraphQLID, (value) => typeof value === 'string'],
  [GraphQLBoolean, (value) => typeof value === 'boolean'],
  [GraphQLInt, (value) => typeof value === 'number' && (value | 0) === value],
  [GraphQLFloat, (value) => Number.isFinite(value)],
]);
