import { AppError, type ErrorCode, statusOf } from '@souk/kit/errors';
import { GraphQLError } from 'graphql';

/** An operation that was turned away before it ran, in the form both HTTP and WebSocket can tell it. */
export class Refusal extends Error {
  readonly errors: readonly GraphQLError[];
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /**
   * True for a GraphQL request that was understood but is not valid (syntax, unknown field, variables). Clients that
   * ask for plain `application/json` get it with status 200, as the GraphQL-over-HTTP specification advises.
   */
  readonly isGraphqlRequestError: boolean;

  constructor(
    errors: readonly GraphQLError[],
    options: { status: number; headers?: Record<string, string>; isGraphqlRequestError?: boolean },
  ) {
    super(errors[0]?.message ?? 'Refused');
    this.name = 'Refusal';
    this.errors = errors;
    this.status = options.status;
    this.headers = options.headers ?? {};
    this.isGraphqlRequestError = options.isGraphqlRequestError ?? false;
  }
}

/** Errors of a well-formed request that is not valid GraphQL. They are the client's own, so it may read them all. */
export function invalidOperation(errors: readonly GraphQLError[]): Refusal {
  const coded = errors.map(
    ({ message, nodes, source, positions, extensions }) =>
      new GraphQLError(message, {
        ...(nodes ? { nodes } : {}),
        ...(source ? { source } : {}),
        ...(positions ? { positions } : {}),
        extensions: { code: 'BAD_USER_INPUT', retryable: false, ...extensions },
      }),
  );
  return new Refusal(coded, { status: 400, isGraphqlRequestError: true });
}

/** A refusal with one message and one code. */
export function refuse(
  code: ErrorCode,
  message: string,
  options: {
    status?: number;
    headers?: Record<string, string>;
    /** What the error says in its extensions beside code and retryability. @default {} */
    extensions?: Record<string, unknown>;
  } = {},
): Refusal {
  const { retryable } = new AppError(code, message);
  const extensions = { code, retryable, ...options.extensions };
  return new Refusal([new GraphQLError(message, { extensions })], {
    status: options.status ?? statusOf(code),
    ...(options.headers ? { headers: options.headers } : {}),
  });
}
