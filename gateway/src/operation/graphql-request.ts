import { refuse } from './refusal.js';

/** The parameters of a GraphQL request, checked for type. */
export interface GraphqlRequest {
  /** Unset if the request only names its document: by `documentId`, or by `extensions.persistedQuery`. */
  readonly query?: string;
  readonly documentId?: string;
  readonly operationName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

const kindOf = (value: unknown): string =>
  Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`;

/**
 * Checks what a client sent. `null` counts as absent for everything but the query.
 *
 * @throws Refusal 400 that names the parameter and the type it must have.
 */
export function readGraphqlRequest(body: unknown): GraphqlRequest {
  if (Array.isArray(body))
    throw refuse('BAD_USER_INPUT', 'Batches are not accepted. Send one operation a request.');
  if (!isObject(body)) {
    throw refuse('BAD_USER_INPUT', 'The body must be a JSON object like {"query": "{ __typename }"}.');
  }
  const { query, documentId, operationName, variables, extensions } = body;
  if (!isAbsent(documentId) && (typeof documentId !== 'string' || documentId === '')) {
    throw refuse('BAD_USER_INPUT', `"documentId" must be a non-empty string, not ${kindOf(documentId)}.`);
  }
  const isNamed = !isAbsent(documentId) || (isObject(extensions) && isObject(extensions['persistedQuery']));
  const isLeftOut = isNamed && (isAbsent(query) || query === '');
  if (!isLeftOut && (typeof query !== 'string' || query.trim() === '')) {
    throw refuse(
      'BAD_USER_INPUT',
      `"query" must be a non-empty string, not ${query === undefined ? 'missing' : kindOf(query)}. Send an operation, for example "{ __typename }".`,
    );
  }
  if (!isAbsent(operationName) && typeof operationName !== 'string') {
    throw refuse('BAD_USER_INPUT', `"operationName" must be a string, not ${kindOf(operationName)}.`);
  }
  if (!isAbsent(variables) && !isObject(variables)) {
    throw refuse('BAD_USER_INPUT', `"variables" must be an object, not ${kindOf(variables)}.`);
  }
  if (!isAbsent(extensions) && !isObject(extensions)) {
    throw refuse('BAD_USER_INPUT', `"extensions" must be an object, not ${kindOf(extensions)}.`);
  }
  return {
    ...(typeof query === 'string' && query !== '' ? { query } : {}),
    ...(typeof documentId === 'string' ? { documentId } : {}),
    ...(typeof operationName === 'string' && operationName !== '' ? { operationName } : {}),
    ...(isObject(variables) ? { variables } : {}),
    ...(isObject(extensions) ? { extensions } : {}),
  };
}
