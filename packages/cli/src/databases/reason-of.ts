import { systemCode } from '../clear-error.js';

/** Why a connection failed, in a word if the system has one: drivers wrap its error, sometimes twice. */
export function reasonOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = systemCode(cause);
    if (code !== undefined) return code;
    if (cause instanceof AggregateError) return reasonOf(cause.errors[0]);
    if (cause.cause === undefined) return cause.message;
  }
  return String(error);
}
