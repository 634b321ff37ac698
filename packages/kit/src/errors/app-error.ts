/**
 * The whole taxonomy of unexpected failures, as clients see it in `extensions.code`. Expected outcomes are not
 * here: they are members of the schema (`payload.errors`).
 */
const CODES = [
  'BAD_USER_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'TIMEOUT',
  'INTERNAL',
] as const;
export type ErrorCode = (typeof CODES)[number];

/** True for a code of the taxonomy. */
export const isErrorCode = (code: unknown): code is ErrorCode => (CODES as readonly unknown[]).includes(code);

const STATUS: Readonly<Record<ErrorCode, number>> = {
  BAD_USER_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  TIMEOUT: 504,
  INTERNAL: 500,
};

/** The HTTP status that goes with a code where nothing else was answered. @example statusOf('NOT_FOUND') // 404 */
export const statusOf = (code: ErrorCode): number => STATUS[code];

/** Codes after which the same request may succeed later without a change. */
const RETRYABLE: ReadonlySet<string> = new Set<ErrorCode>(['RATE_LIMITED', 'UNAVAILABLE', 'TIMEOUT']);

/** True for a code after which the same request may succeed later. @example isRetryable('TIMEOUT') // true */
export const isRetryable = (code: string): boolean => RETRYABLE.has(code);

/**
 * A failure with a code and a message that is safe to show to any client.
 *
 * @example throw new AppError('FORBIDDEN', 'Only staff can adjust stock. Sign in with a staff account.');
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; details?: Record<string, unknown> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = options.details ?? {};
  }

  get retryable(): boolean {
    return isRetryable(this.code);
  }
}
