import { maskError } from '@souk/kit/errors';
import { type ExecutionResult, GraphQLError } from 'graphql';

/** A failure whose message stays in the log. */
export interface Failure {
  readonly errorId: string;
  readonly error: unknown;
  readonly path: string;
  readonly requestId: string;
}
export type ReportFailure = (failure: Failure) => void;

/** A result whose errors may still be anything that was thrown. */
export interface RawResult extends Omit<ExecutionResult, 'errors'> {
  readonly errors?: readonly unknown[];
}

/** Extensions that tell about the inside of a server. */
const INTERNAL_EXTENSIONS = new Set(['exception', 'stacktrace', 'debug', 'serviceName']);

/**
 * Brings every error into the one shape clients read: `extensions.code`, `extensions.service` for what a subgraph
 * reported, no stack traces, and a masked message for anything nobody meant to show.
 */
export function shapeErrors(result: RawResult, requestId: string, report: ReportFailure): ExecutionResult {
  const { errors, ...answer } = result;
  if (!errors || errors.length === 0) return answer;
  return { errors: errors.map((error) => shapeError(error, requestId, report)), ...answer };
}

function shapeError(error: unknown, requestId: string, report: ReportFailure): GraphQLError {
  const mask = (cause: unknown, path?: GraphQLError['path']): GraphQLError =>
    maskError(
      new GraphQLError('failed', { originalError: toError(cause), ...(path ? { path } : {}) }),
      (failure) => report({ ...failure, requestId }),
    );
  if (!(error instanceof GraphQLError)) return mask(error);

  const service = error.extensions['service'] ?? error.extensions['serviceName'];
  if (service === undefined) return error.originalError ? mask(error.originalError, error.path) : error;
  const path = concretePath(error.path);
  // A subgraph that is not ours may answer with the raw message of whatever it ran into.
  const shown =
    error.extensions['code'] === 'INTERNAL_SERVER_ERROR' ? mask(new Error(error.message), path) : error;
  return new GraphQLError(shown.message, {
    ...(path ? { path } : {}),
    extensions: { ...publicExtensions(shown.extensions), service },
  });
}

const toError = (cause: unknown): Error =>
  cause instanceof Error ? cause : new Error(`something that is no Error was thrown: ${String(cause)}`);

const publicExtensions = (extensions: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(extensions).filter(([name]) => !INTERNAL_EXTENSIONS.has(name)));

/** A plan's path says `@` for "each item" and `_entities` inside a fetch; a client's path ends before either. */
function concretePath(path: GraphQLError['path']): GraphQLError['path'] {
  const end = path?.findIndex((key) => key === '@' || key === '_entities') ?? -1;
  return end < 0 ? path : path?.slice(0, end);
}
