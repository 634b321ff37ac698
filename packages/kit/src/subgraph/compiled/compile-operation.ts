import {
  defaultFieldResolver,
  type ExecutionResult,
  type FieldNode,
  type GraphQLField,
  GraphQLError,
  type GraphQLObjectType,
  getNamedType,
  OperationTypeNode,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
import { compileArguments } from './arguments.js';
import { compileComplete } from './complete.js';
import { compileEntities } from './entities.js';
import { type CompiledField, runField } from './field.js';
import { type CompleteObject, compileObject, type ObjectField } from './object.js';
import { createFieldErrors, type Eventual, type OperationScope, type Run } from './run.js';

/** What one run is given. */
export interface RunRequest {
  readonly contextValue: unknown;
  /** Coerced already. */
  readonly variableValues: Readonly<Record<string, unknown>>;
}

/** Runs an operation; never rejects. */
export type RunOperation = (request: RunRequest) => Eventual<ExecutionResult>;

/**
 * Compiles a query or a mutation for one set of @skip and @include values, which are read from the variables.
 * The document has to be valid, and ask for no introspection.
 *
 * What it gives is what graphql-js would give: data, errors, their order, and what resolvers get to see.
 */
export function compileOperation(
  scope: OperationScope,
  conditions: Readonly<Record<string, unknown>>,
): RunOperation {
  const { schema, operation, fragments } = scope;
  const rootType = schema.getRootType(operation.operation);
  if (!rootType) {
    throw new GraphQLError(`Schema is not configured to execute ${operation.operation} operation.`, {
      nodes: operation,
    });
  }
  const compileField = (
    parent: GraphQLObjectType,
    key: string,
    nodes: readonly FieldNode[],
  ): ObjectField | undefined => {
    const [node] = nodes;
    if (!node) return undefined;
    if (node.name.value === '__typename') return { kind: 'typename', key, typename: parent.name };
    const definition: GraphQLField<unknown, unknown> | undefined = parent.getFields()[node.name.value];
    if (!definition) return undefined;
    const objectOf = (type: GraphQLObjectType): CompleteObject =>
      lazily(() => compileFields(type, collectSubfields(schema, fragments, conditions, type, nodes)));
    const completeScope = { schema, objectOf, field: () => field };
    const isEntities = parent === schema.getQueryType() && definition.name === '_entities';
    const field: CompiledField = {
      key,
      definition,
      parent,
      nodes,
      argumentsOf: compileArguments(definition, node),
      resolve: definition.resolve ?? defaultFieldResolver,
      complete: compileComplete(definition.type, completeScope),
      ...(isEntities
        ? {
            run: compileEntities({
              schema,
              objectOf,
              completeAny: compileComplete(getNamedType(definition.type), completeScope),
            }),
          }
        : {}),
    };
    return { kind: 'field', key, field, isRead: !definition.resolve && definition.args.length === 0 };
  };

  const compileFields = (
    type: GraphQLObjectType,
    fields: ReadonlyMap<string, readonly FieldNode[]>,
  ): CompleteObject =>
    compileObject([...fields].flatMap(([key, nodes]) => compileField(type, key, nodes) ?? []));

  const rootFields = collectFields(schema, fragments, conditions, rootType, operation.selectionSet);
  const root =
    operation.operation === OperationTypeNode.MUTATION
      ? inOrder([...rootFields].flatMap(([key, nodes]) => compileField(rootType, key, nodes) ?? []))
      : compileFields(rootType, rootFields);

  return ({ contextValue, variableValues }) => {
    const run: Run = {
      schema,
      operation,
      fragments,
      rootValue: undefined,
      contextValue,
      variableValues,
      errors: createFieldErrors(),
    };
    const respond = (data: Record<string, unknown> | null): ExecutionResult =>
      run.errors.list.length === 0 ? { data } : { errors: run.errors.list, data };
    const fail = (error: unknown): ExecutionResult => {
      // Fields throw nothing but what they have located.
      run.errors.add(error as GraphQLError, undefined);
      return respond(null);
    };
    try {
      const data = root(run, undefined, undefined);
      return data instanceof Promise ? data.then(respond, fail) : respond(data);
    } catch (error) {
      return fail(error);
    }
  };
}

/** Fields of a mutation: one begins when the one before has ended. */
const inOrder =
  (fields: readonly ObjectField[]): CompleteObject =>
  async (run) => {
    // Without a prototype, `__proto__` is a key like others.
    const result = Object.create(null) as Record<string, unknown>;
    for (const field of fields) {
      result[field.key] =
        field.kind === 'typename' ? field.typename : await runField(run, field.field, undefined, undefined);
    }
    return result;
  };

/** Compiled when the first object comes along: an interface has many types, an answer has few. */
function lazily(make: () => CompleteObject): CompleteObject {
  let made: CompleteObject | undefined;
  return (run, source, place) => (made ??= make())(run, source, place);
}
