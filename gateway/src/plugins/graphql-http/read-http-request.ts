import type { HttpExchange } from '../../http/exchange.js';
import { isUtf8, parseMediaType } from '../../http/media-types.js';
import { type GraphqlRequest, readGraphqlRequest } from '../../operation/graphql-request.js';
import { refuse } from '../../operation/refusal.js';

/** Requests that came as one; each is still to be read. */
export interface BatchRequest {
  readonly batch: readonly unknown[];
}

/**
 * Reads the GraphQL request out of a GET's query string or a POST's body.
 *
 * @param limits.maxBatch operations in one batch; 0 takes none
 * @throws Refusal 405, 415, 413 or 400 that says what to send instead.
 */
export async function readHttpRequest(
  exchange: HttpExchange,
  { bodyLimit, maxBatch }: { readonly bodyLimit: number; readonly maxBatch: number },
): Promise<GraphqlRequest | BatchRequest> {
  const { request, query } = exchange;
  if (request.method === 'GET') return readGraphqlRequest(parametersOf(query));
  if (request.method !== 'POST') {
    throw refuse('BAD_USER_INPUT', 'Use POST, or GET for queries.', {
      status: 405,
      headers: { allow: 'GET, POST' },
    });
  }
  requireJson(request.headers['content-type'], request.headers['content-encoding']);
  const body = parseJson(await exchange.readBody(bodyLimit), 'The body');
  return Array.isArray(body) && maxBatch > 0 ? batchOf(body, maxBatch) : readGraphqlRequest(body);
}

function batchOf(batch: readonly unknown[], most: number): BatchRequest {
  if (batch.length > 0 && batch.length <= most) return { batch };
  throw refuse(
    'BAD_USER_INPUT',
    `Found ${batch.length} operations in the batch, from 1 to ${most} are taken (batching.maxOperations).`,
    { extensions: { limit: 'maxOperations', found: batch.length, most } },
  );
}

function requireJson(contentType: string | undefined, contentEncoding: string | undefined): void {
  if (contentType !== 'application/json' && !isJson(contentType)) {
    throw refuse('BAD_USER_INPUT', 'Send "content-type: application/json" in UTF-8.', {
      status: 415,
      headers: { 'accept-post': 'application/json' },
    });
  }
  if (contentEncoding !== undefined && contentEncoding.toLowerCase() !== 'identity') {
    throw refuse('BAD_USER_INPUT', 'Send the body without compression.', {
      status: 415,
      headers: { 'accept-encoding': 'identity' },
    });
  }
}

const isJson = (contentType: string | undefined): boolean => {
  const media = parseMediaType(contentType ?? '');
  return media.type === 'application/json' && isUtf8(media);
};

function parametersOf(query: URLSearchParams): Record<string, unknown> {
  const json = (name: string): unknown => {
    const text = query.get(name);
    return text === null || text === '' ? undefined : parseJson(text, `The parameter "${name}"`);
  };
  return {
    query: query.get('query') ?? undefined,
    documentId: query.get('documentId'),
    operationName: query.get('operationName'),
    variables: json('variables'),
    extensions: json('extensions'),
  };
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refuse(
      'BAD_USER_INPUT',
      `${what} is not valid JSON: ${error instanceof Error ? error.message : 'unreadable'}.`,
    );
  }
}
