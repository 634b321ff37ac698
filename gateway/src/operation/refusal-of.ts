import { AppError, maskError } from '@souk/kit/errors';
import type { Logger } from '@souk/kit/log';
import { GraphQLError } from 'graphql';
import { Refusal, refuse } from './refusal.js';

/** The last net: whatever was thrown becomes an answer that tells the client nothing it should not know. */
export function refusalOf(error: unknown, requestId: string, logger: Logger): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof AppError) return refuse(error.code, error.message);
  const originalError = error instanceof Error ? error : new Error(String(error));
  // Wrapped even if it is a GraphQLError: nothing that was thrown here was meant for the client.
  const wrapped = new GraphQLError('failed', {
    originalError: new Error(originalError.message, { cause: error }),
  });
  const masked = maskError(wrapped, ({ errorId }) => {
    logger.error({ err: error, errorId, requestId }, 'operation failed');
  });
  return new Refusal([masked], { status: 500 });
}
