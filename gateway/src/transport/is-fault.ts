import { AppError } from '@souk/kit/errors';

/** True for failures that tell something about the subgraph, not about the question or the client. */
export const isFault = (error: unknown): error is AppError =>
  error instanceof AppError && (error.code === 'UNAVAILABLE' || error.code === 'TIMEOUT');

/** What the system says when a connection could not even be made. */
const NO_CONNECTION = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);

/** True if the subgraph surely heard nothing of the request: whatever it was, it may be asked elsewhere. */
export function neverArrived(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string' && NO_CONNECTION.has(cause.code)) return true;
  }
  return false;
}
