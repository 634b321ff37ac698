export { AppError, type ErrorCode, isErrorCode, isRetryable } from './app-error.js';
export { maskError, type MaskedFailure } from './mask.js';
