import { randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { isDatabaseAway } from '../postgres/failures.js';
import { AppError } from './app-error.js';

/** What a mask reports about a failure whose message must not reach the client. */
export interface MaskedFailure {
  readonly errorId: string;
  readonly error: unknown;
  readonly path: string;
}

const rootCause = (error: GraphQLError): unknown => error.originalError ?? error;

/**
 * The one place that decides what a client may read of a failure. An {@link AppError} keeps its message and code,
 * an error of the request itself (syntax, validation, variables) keeps its message, and everything else becomes
 * `INTERNAL` (or `UNAVAILABLE`, if it was a database
 * that could not be reached) with an id that leads to the log line.
 *
 * @example formatted = maskError(error, ({ errorId, error }) => logger.error({ errorId, err: error }));
 */
export function maskError(error: GraphQLError, report: (failure: MaskedFailure) => void): GraphQLError {
  const cause = rootCause(error);
  const position = {
    ...(error.nodes ? { nodes: error.nodes } : {}),
    ...(error.path ? { path: error.path } : {}),
  };
  if (cause instanceof AppError) {
    return new GraphQLError(cause.message, {
      ...position,
      extensions: { code: cause.code, retryable: cause.retryable, ...cause.details },
    });
  }
  if (cause instanceof GraphQLError) {
    const code = cause.extensions['code'];
    return new GraphQLError(cause.message, {
      ...position,
      extensions: { ...cause.extensions, code: typeof code === 'string' ? code : 'BAD_USER_INPUT' },
    });
  }
  const errorId = randomUUID();
  report({ errorId, error: cause, path: error.path?.join('.') ?? '' });
  if (isDatabaseAway(cause) || isMongoAway(cause)) {
    return new GraphQLError(
      `This cannot be answered for the moment. Try again; if it stays, quote error id ${errorId}.`,
      {
        ...position,
        extensions: { code: 'UNAVAILABLE', retryable: true, errorId },
      },
    );
  }
  return new GraphQLError(`Something went wrong on our side. Quote error id ${errorId} to support.`, {
    ...position,
    extensions: { code: 'INTERNAL', retryable: false, errorId },
  });
}

/** By name, so that a service without MongoDB does not load its driver. */
const isMongoAway = (error: unknown): boolean =>
  error instanceof Error &&
  /^Mongo(Network|NetworkTimeout|ServerSelection|TopologyClosed|NotConnected)Error$/.test(error.name);
