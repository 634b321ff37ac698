import { AppError, isErrorCode, isRetryable, maskError } from '@souk/kit/errors';
import { type ExecutionResult, GraphQLError } from 'graphql';
import { type IsShown, isShownBy } from './shown-errors.js';

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
const INTERNAL_EXTENSIONS = new Set([
  'debug',
  'debugMessage',
  'exception',
  'file',
  'line',
  'originalError',
  'serviceName',
  'stack',
  'stacktrace',
  'trace',
]);

/**
 * Brings every error into the one shape clients read: `extensions.code`, `extensions.service` for what a subgraph
 * reported, no stack traces, and a masked message for anything nobody meant to show.
 *
 * @param isShown which errors of subgraphs may be read as they are. @default those with a code of their own
 */
export function shapeErrors(
  result: RawResult,
  requestId: string,
  report: ReportFailure,
  isShown: IsShown = isShownBy({}),
): ExecutionResult {
  const { errors, ...answer } = result;
  if (!errors || errors.length === 0) return answer;
  const shape = shaper(requestId, report, isShown);
  return { errors: errors.map(shape), ...answer };
}

function shaper(
  requestId: string,
  report: ReportFailure,
  isShown: IsShown,
): (error: unknown) => GraphQLError {
  const mask = (cause: unknown, path?: GraphQLError['path']): GraphQLError =>
    maskError(
      new GraphQLError('failed', { originalError: toError(cause), ...(path ? { path } : {}) }),
      (failure) => report({ ...failure, requestId }),
    );
  /** A subgraph may fail a thousand times in the same way: that is one line in the log. */
  const masked = new Map<string, GraphQLError>();
  const maskOnce = (message: string, path: GraphQLError['path']): GraphQLError => {
    const known = masked.get(message) ?? mask(new Error(message), path);
    masked.set(message, known);
    return known;
  };

  return (error) => {
    if (!(error instanceof GraphQLError)) return mask(error);
    const { code, service = error.extensions['serviceName'] } = error.extensions;
    if (service === undefined) return error.originalError ? mask(error.originalError, error.path) : error;
    const path = concretePath(error.path);
    const place = path ? { path } : {};
    // What the gateway says about a subgraph is not the subgraph's.
    if (error.originalError instanceof AppError || (typeof service === 'string' && isShown(service, code))) {
      return new GraphQLError(error.message, {
        ...place,
        extensions: { ...publicExtensions(error.extensions), service },
      });
    }
    const { message, extensions } = maskOnce(error.message, path);
    const kept = isErrorCode(code) ? { code, retryable: isRetryable(code) } : {};
    return new GraphQLError(message, { ...place, extensions: { ...extensions, ...kept, service } });
  };
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
