import { AppError } from '@souk/kit/errors';
import type { ExecutionResult } from 'graphql';
import { escapesIn, withEscapes } from '../execution/escapes.js';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads a subgraph's HTTP answer. A GraphQL body counts whatever its status; anything else (a proxy's error page, an
 * empty body) means that the subgraph could not be asked.
 *
 * @throws AppError UNAVAILABLE if the body is not a GraphQL response.
 */
export function readSubgraphAnswer(name: string, status: number, body: string): ExecutionResult {
  const answer = parse(body);
  if (isObject(answer) && ('data' in answer || Array.isArray(answer['errors']))) {
    return withEscapes(answer, escapesIn(body));
  }
  throw new AppError(
    'UNAVAILABLE',
    `The ${name} subgraph answered HTTP ${status} without a GraphQL response. Try again shortly.`,
  );
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
