import type { FieldNode } from 'graphql';
import type { CheckedOperation } from '../../operation/checked-operation.js';
import type { LoadedSupergraph } from '../../supergraph/load.js';
import type { Clause } from './clause.js';
import { createDenials, type ErrorCode } from './denials.js';
import { deniedPlaces } from './denied-places.js';
import type { GuardedFields } from './guarded-fields.js';
import { remainingDocument } from './remaining-document.js';

export interface RestrictScope {
  readonly supergraph: LoadedSupergraph;
  readonly guarded: GuardedFields;
  /** One character for each of the operation's demands: 1 if it is met, 0 if not, ? if that could not be decided. */
  readonly fingerprint: string;
  readonly errorCode: ErrorCode;
}

/**
 * The part of an operation that may be asked. Its hash is one of its own, so plans and compiled operations of
 * different viewers never mix.
 */
export function restrict(
  operation: CheckedOperation,
  { supergraph, guarded, fingerprint, errorCode }: RestrictScope,
): CheckedOperation {
  const marks = new Map<Clause, string | undefined>(
    guarded.clauses.map((clause, index) => [clause, fingerprint[index]]),
  );
  const denied = new Set<FieldNode>();
  const undecided = new Set<FieldNode>();
  for (const [field, clauses] of guarded.byField) {
    if (clauses.every((clause) => marks.get(clause) === '1')) continue;
    denied.add(field);
    if (!clauses.some((clause) => marks.get(clause) === '0')) undecided.add(field);
  }
  const isDenied = (field: FieldNode): boolean => denied.has(field);
  const { document, definition, isEmpty } = remainingDocument(operation, isDenied);
  const places = deniedPlaces(operation, supergraph.api.schema, isDenied);
  return {
    hash: `${operation.hash}-${fingerprint}`,
    document,
    definition,
    name: operation.name,
    kind: operation.kind,
    restriction: {
      asked: operation,
      isDenied,
      isEmpty,
      errors: createDenials(operation, places, { isUndecided: (field) => undecided.has(field), errorCode }),
    },
  };
}
