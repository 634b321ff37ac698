export { AppError, type ErrorCode, isRetryable } from './app-error.js';
export { maskError, type MaskedFailure } from './mask.js';
