import type {
  FragmentDefinitionNode,
  GraphQLError,
  GraphQLSchema,
  OperationDefinitionNode,
  ResponsePath,
} from 'graphql';

/** A place in the answer: the field's key or the item's index, and the place above it. */
export type Place = ResponsePath;

/** What is the same for every run of an operation. */
export interface OperationScope {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

/** One run of a compiled operation. */
export interface Run extends OperationScope {
  readonly rootValue: unknown;
  readonly contextValue: unknown;
  /** Coerced already. */
  readonly variableValues: Readonly<Record<string, unknown>>;
  readonly errors: FieldErrors;
}

/** A value, or the promise of one. */
export type Eventual<Value> = Value | Promise<Value>;

/** Whether something that a resolver gave has to be waited for. */
export const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

/** What fields could not give. */
export interface FieldErrors {
  readonly list: readonly GraphQLError[];
  /** @param place where null stands now; undefined for the whole answer */
  add(error: GraphQLError, place: Place | undefined): void;
}

/** As in graphql-js: below a place that became null, no further errors are told. */
export function createFieldErrors(): FieldErrors {
  const list: GraphQLError[] = [];
  let nulled: Set<Place | undefined> | undefined;
  return {
    list,
    add(error, place) {
      nulled ??= new Set();
      for (let above = place; above; above = above.prev) if (nulled.has(above)) return;
      if (nulled.has(undefined)) return;
      nulled.add(place);
      list.push(error);
    },
  };
}
