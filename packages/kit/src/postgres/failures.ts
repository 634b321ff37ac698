const RETRY_IN_A_NEW_TRANSACTION = new Set(['40001', '40P01', 'P2034']);

/** Codes of a connection that is missing or was cut: PostgreSQL's classes 08, 53, 57P and 58, and the socket's own. */
const AWAY =
  /^(08|53|57P|58)|^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|P1001|P1002|P1008|P1017|P2024|P2028)$/;
const AWAY_MESSAGE =
  /connection terminated|timeout exceeded when trying to connect|not queryable|Can't reach database/i;

/** The SQLSTATE or socket or Prisma code of an error; empty if it has none. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? codeOf(error.cause) : '';
}

/** True for a serialization failure or a deadlock: the same transaction, run again, may succeed. */
export const isSerializationFailure = (error: unknown): boolean =>
  RETRY_IN_A_NEW_TRANSACTION.has(codeOf(error));

/** True if a table has changed since the statement was prepared on its connection: prepared anew it may succeed. */
export const isPlanOutdated = (error: unknown): boolean =>
  codeOf(error) === '0A000' && error instanceof Error && /cached plan/.test(error.message);

/** True if the database could not be reached or went away: nothing is known about the statement itself. */
export function isDatabaseAway(error: unknown): boolean {
  return AWAY.test(codeOf(error)) || (error instanceof Error && AWAY_MESSAGE.test(error.message));
}
