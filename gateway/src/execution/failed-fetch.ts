import { AppError } from '@souk/kit/errors';
import { GraphQLError, Kind, parse } from 'graphql';

/**
 * The errors of a fetch that never got an answer: one for each field of the operation's root that is missing now,
 * so that a client can tell which parts of the page are affected. A fetch of entities gets a single error, which the
 * executor places where the entities stand.
 */
export function failedFetch(subgraph: string, query: string, cause: unknown): GraphQLError[] {
  const failure =
    cause instanceof AppError
      ? cause
      : new AppError(
          'UNAVAILABLE',
          `The ${subgraph} subgraph failed before it could answer. Try again shortly.`,
          { cause },
        );
  const options = {
    originalError: failure,
    extensions: { code: failure.code, retryable: failure.retryable, service: subgraph },
  };
  const fields = rootFields(query);
  if (fields.includes('_entities')) return [new GraphQLError(failure.message, { ...options, path: [] })];
  return fields.map((field) => new GraphQLError(failure.message, { ...options, path: [field] }));
}

function rootFields(query: string): string[] {
  const [operation] = parse(query, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return [];
  return operation.selectionSet.selections.flatMap((selection) =>
    selection.kind === Kind.FIELD ? [selection.alias?.value ?? selection.name.value] : [],
  );
}
