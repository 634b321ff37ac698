export { AppError, type ErrorCode, isErrorCode, isRetryable, statusOf } from './app-error.js';
export { maskError, type MaskedFailure } from './mask.js';
