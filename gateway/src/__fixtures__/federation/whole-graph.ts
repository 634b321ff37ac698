import {
  coerceInputValue,
  execute,
  type ExecutionResult,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  isCompositeType,
  isObjectType,
  parse,
} from 'graphql';
import type { RandomOperation } from '@souk/testkit/graphql';
import { fateOf, type World } from './fate.js';
import { callOf, idOf, makeUp, type Source, typeOf } from './made-up-values.js';
import { type OwnedField, ownersIn } from './owners.js';
import { type Reading, requiredBy, selected } from './required-values.js';

/**
 * One graph instead of subgraphs: answers an operation over the API schema as if everything were in one place, without
 * composition, plan or representations. Each value is the one that a `madeUpSubgraph` that shows what is 'required' makes,
 * and what a field requires is worked out on the spot. Whatever a plan gets wrong differs from it.
 *
 * @param api what clients see
 * @param subgraphs SDL by name, each object known by its `id`
 * @returns a function that answers in a world without trouble, or in one whose `only` trouble is 'null'
 * @example wholeGraph(executors.supergraph.api.schema, subgraphs)({ query: '{ things { id } }', variables: {} }).data
 */
export function wholeGraph(
  api: GraphQLSchema,
  subgraphs: Readonly<Record<string, string>>,
): (operation: RandomOperation, world?: World) => ExecutionResult {
  const owners = ownersIn(subgraphs);
  let world = PEACE;

  /** What objects are is known everywhere: each has its `__typename`. */
  const named = (value: unknown, type: GraphQLOutputType, schema: GraphQLSchema): unknown => {
    if (Array.isArray(value)) return value.map((item) => named(item, type, schema));
    if (value === null || value === undefined) return null;
    const source = value as Source;
    const possible = owners.possibleTypes(schema, getNamedType(type).name);
    return { ...source, __typename: typeOf(idOf(source), possible) };
  };
  const valueOf = (
    type: string,
    name: string,
    source: Source,
    argumentsFor: (field: GraphQLField<unknown, unknown>) => Source,
  ): unknown => {
    if (source[name] !== undefined) return source[name];
    const { field, schema } = owners.ownerOf(type, name);
    const required = requiredBy(field);
    const call = callOf(name, argumentsFor(field));
    if (fateOf(world, 'field', idOf(source), call) !== 'fine') return null;
    const seed = [type === 'Query' ? 'root' : idOf(source), call];
    const brought = required ? [JSON.stringify(selected(source, required, reading))] : [];
    const made = makeUp(field.type, [...seed, ...brought], world.trouble > 0 ? 0 : 2);
    return isCompositeType(getNamedType(field.type)) ? named(made, field.type, schema) : made;
  };
  const reading: Reading = {
    valueOf: (source, node) =>
      valueOf(String(source['__typename']), node.name.value, source, (field) =>
        getArgumentValues(field, node),
      ),
    isOf(source, name) {
      const type = api.getType(name);
      return (
        source['__typename'] === name ||
        (isCompositeType(type) &&
          !isObjectType(type) &&
          api.getPossibleTypes(type).some((possible) => possible.name === source['__typename']))
      );
    },
  };

  return ({ query, variables }, at = PEACE) => {
    world = at;
    const result = execute({
      schema: api,
      document: parse(query),
      variableValues: variables,
      rootValue: {},
      fieldResolver: (source: Source, args: Source, _context, { parentType, fieldName }) =>
        valueOf(parentType.name, fieldName, source, (field) => asOwnerCoerces(field, args)),
      typeResolver: (source: Source) => String(source['__typename']),
    });
    if (result instanceof Promise)
      throw new Error('Nothing here waits: a resolver must have become a promise.');
    return result;
  };
}

const PEACE: World = { seed: 1, trouble: 0 };

/** Arguments as the subgraph gets them: in its order, with its defaults. */
function asOwnerCoerces({ args: definitions }: OwnedField['field'], args: Source): Source {
  return Object.fromEntries(
    definitions.flatMap(({ name, type, defaultValue }): [string, unknown][] => {
      if (args[name] !== undefined) return [[name, coerceInputValue(args[name], type)]];
      return defaultValue === undefined ? [] : [[name, defaultValue]];
    }),
  );
}
