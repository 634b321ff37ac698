export { AppError, type ErrorCode } from './app-error.js';
export { maskError, type MaskedFailure } from './mask.js';
