import type { Encodable } from '../bson/encode.js';
import { badValue, MongoError } from '../errors.js';
import { writeError } from './reply.js';

const maxStatements = 100_000;

/**
 * Runs the statements of a write command one after the other. A failed one becomes an entry of `writeErrors`; with
 * `ordered` nothing after it runs.
 */
export function runStatements<T>(
  statements: readonly T[],
  ordered: boolean,
  run: (statement: T, index: number) => void,
): Encodable[] | undefined {
  if (statements.length === 0 || statements.length > maxStatements) {
    throw badValue(
      `Write batch sizes must be between 1 and ${maxStatements}. Got ${statements.length} operations.`,
    );
  }
  const errors: Encodable[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      if (!(error instanceof MongoError)) throw error;
      errors.push(writeError(index, error));
      if (ordered) break;
    }
  }
  return errors.length === 0 ? undefined : errors;
}
