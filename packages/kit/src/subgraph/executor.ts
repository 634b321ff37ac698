import {
  type DocumentNode,
  execute,
  type ExecutionArgs,
  type ExecutionResult,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  visit,
} from 'graphql';
import { compileOperation, type RunOperation } from './compiled/compile-operation.js';
import type { Eventual, OperationScope } from './compiled/run.js';
import { compileVariables } from './compiled/variables.js';

/** Documents seen as often as this are worth compiling: a text that comes once stays cheap. */
const WORTHWHILE = 2;

/** Most sets of @skip and @include values compiled for one document; graphql-js runs the others. */
const MAX_VARIANTS = 16;

/** Runs a valid operation; never rejects. */
export type ExecuteDocument = (args: Omit<ExecutionArgs, 'schema'>) => Eventual<ExecutionResult>;

/**
 * An executor that compiles what it sees again and again, and is graphql-js for everything else: the first time,
 * introspection, subscriptions, requests that cannot be run.
 *
 * @example const run = createExecutor(schema); await run({ document, variableValues, contextValue });
 */
export function createExecutor(schema: GraphQLSchema): ExecuteDocument {
  /** By document; a document of several operations has an entry for each name. */
  const known = new WeakMap<DocumentNode, Map<string, Operation>>();
  const operationOf = (document: DocumentNode, name: string): Operation => {
    const operations = known.get(document) ?? new Map<string, Operation>();
    known.set(document, operations);
    const hit = operations.get(name) ?? describe(schema, document, name);
    operations.set(name, hit);
    return hit;
  };

  return (args) => {
    const { document, operationName, variableValues, contextValue } = args;
    const operation = operationOf(document, operationName ?? '');
    operation.seen += 1;
    if (!operation.scope || operation.seen < WORTHWHILE) return execute({ schema, ...args });
    const { coerced, errors } = operation.coerce(variableValues ?? {});
    if (!coerced) return { errors };
    const run = compiledFor(operation, operation.scope, coerced);
    return run ? run({ contextValue, variableValues: coerced }) : execute({ schema, ...args });
  };
}

interface Operation {
  seen: number;
  /** Undefined for what graphql-js has to run. */
  readonly scope: OperationScope | undefined;
  readonly coerce: ReturnType<typeof compileVariables>;
  /** Variables that @skip and @include depend on. */
  readonly conditions: readonly string[];
  readonly compiled: Map<string, RunOperation>;
}

function compiledFor(
  { conditions, compiled }: Operation,
  scope: OperationScope,
  variables: Readonly<Record<string, unknown>>,
): RunOperation | undefined {
  let variant = '';
  for (const name of conditions) {
    const value = variables[name];
    // A null that a default stands for: graphql-js has the words for it.
    if (typeof value !== 'boolean') return undefined;
    variant += value ? '1' : '0';
  }
  const hit = compiled.get(variant);
  if (hit || compiled.size >= MAX_VARIANTS) return hit;
  // Not all of the variables: they would be kept with the code.
  const decided = Object.fromEntries(conditions.map((name) => [name, variables[name]]));
  const made = compileOperation(scope, decided);
  compiled.set(variant, made);
  return made;
}

function describe(schema: GraphQLSchema, document: DocumentNode, name: string): Operation {
  const fragments = Object.create(null) as Record<string, FragmentDefinitionNode>;
  const operations: OperationDefinitionNode[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
    else if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
  }
  const [operation, other] = name ? operations.filter((one) => one.name?.value === name) : operations;
  const conditions = new Set<string>();
  let isIntrospection = false;
  visit(document, {
    Field({ name: { value } }) {
      if (value === '__schema' || value === '__type') isIntrospection = true;
    },
    Directive({ name: { value: directive }, arguments: given = [] }) {
      if (directive !== 'skip' && directive !== 'include') return;
      for (const { value } of given) if (value.kind === Kind.VARIABLE) conditions.add(value.name.value);
    },
  });
  const definitions = operation?.variableDefinitions ?? [];
  const declared = definitions.map(({ variable }) => variable.name.value);
  const canCompile =
    operation && !other && operation.operation !== OperationTypeNode.SUBSCRIPTION && !isIntrospection;
  return {
    seen: 0,
    coerce: compileVariables(schema, definitions),
    scope: canCompile ? { schema, operation, fragments } : undefined,
    conditions: declared.filter((variable) => conditions.has(variable)),
    compiled: new Map(),
  };
}
