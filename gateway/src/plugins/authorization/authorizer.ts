import type { Logger } from '@souk/kit/log';
import type { Identity } from '../../identity/identity.js';
import type { CheckedOperation } from '../../operation/checked-operation.js';
import { createLruMap, type LruMap } from '../../planning/lru-map.js';
import type { LoadedSupergraph } from '../../supergraph/load.js';
import type { AuthorizationOptions } from './authorization-options.js';
import { type Decisions, outcomeOf } from './clause.js';
import { type GuardedFields, guardedFields } from './guarded-fields.js';
import { opaPolicies } from './opa.js';
import { noPolicies, policyFunctions } from './policies.js';
import { restrict } from './restrict.js';

/**
 * What somebody may ask of an operation: the operation itself, or what is left of it (with its `restriction`). At once,
 * unless it touches policies.
 */
export type Authorize = (
  operation: CheckedOperation,
  supergraph: LoadedSupergraph,
  identity: Identity,
) => CheckedOperation | Promise<CheckedOperation>;

/** Combinations of demands that are kept for each operation; few viewers differ. */
const MOST_VARIANTS = 50;

const NO_DECISIONS: Decisions = new Map();

/** One character of a fingerprint for each outcome. */
const MARK = { met: '1', unmet: '0', undecided: '?' } as const;

export function createAuthorizer(
  { errorCode = 'UNAUTHORIZED_FIELD_OR_TYPE', ...options }: AuthorizationOptions,
  logger: Logger,
): Authorize {
  const { policies = {}, opa } = options;
  const decide = policyFunctions(policies, opa ? opaPolicies(opa, logger) : noPolicies, logger);
  const variants = new WeakMap<CheckedOperation, LruMap<string, CheckedOperation>>();

  const remaining = (
    operation: CheckedOperation,
    fingerprint: string,
    scope: { readonly supergraph: LoadedSupergraph; readonly guarded: GuardedFields },
  ): CheckedOperation => {
    let known = variants.get(operation);
    if (!known) variants.set(operation, (known = createLruMap(MOST_VARIANTS)));
    const before = known.get(fingerprint);
    if (before) return before;
    const restricted = restrict(operation, { ...scope, fingerprint, errorCode });
    known.set(fingerprint, restricted);
    return restricted;
  };

  return (operation, supergraph, identity) => {
    const guarded = guardedFields(operation, supergraph);
    if (!guarded) return operation;
    const permitted = (decisions: Decisions): CheckedOperation => {
      if (guarded.clauses.every((clause) => outcomeOf(clause, identity, decisions) === 'met'))
        return operation;
      const fingerprint = guarded.clauses
        .map((clause) => MARK[outcomeOf(clause, identity, decisions)])
        .join('');
      return remaining(operation, fingerprint, { supergraph, guarded });
    };
    if (guarded.policies.length === 0) return permitted(NO_DECISIONS);
    const { viewer, claims } = identity;
    const input = { viewer, claims, operationName: operation.name, kind: operation.kind };
    return decide(guarded.policies, input).then(permitted);
  };
}
