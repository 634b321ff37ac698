import type { Logger } from '@souk/kit/log';
import type { Identity } from '../../identity/identity.js';
import type { CheckedOperation } from '../../operation/checked-operation.js';
import { createLruMap, type LruMap } from '../../planning/lru-map.js';
import type { LoadedSupergraph } from '../../supergraph/load.js';
import type { AuthorizationOptions } from './authorization-options.js';
import { meets } from './clause.js';
import { type GuardedFields, guardedFields } from './guarded-fields.js';
import { opaPolicies } from './opa.js';
import { type DecidePolicies, eitherOf, policyFunctions } from './policies.js';
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

const NO_POLICIES: ReadonlySet<string> = new Set();

export function createAuthorizer(
  { errorCode = 'UNAUTHORIZED_FIELD_OR_TYPE', ...options }: AuthorizationOptions,
  logger: Logger,
): Authorize {
  const decide = policiesOf(options, logger);
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
    const permitted = (granted: ReadonlySet<string>): CheckedOperation => {
      if (guarded.clauses.every((clause) => meets(identity, clause, granted))) return operation;
      const fingerprint = guarded.clauses
        .map((clause) => (meets(identity, clause, granted) ? '1' : '0'))
        .join('');
      return remaining(operation, fingerprint, { supergraph, guarded });
    };
    if (guarded.policies.length === 0) return permitted(NO_POLICIES);
    const { viewer, claims } = identity;
    const input = { viewer, claims, operationName: operation.name, kind: operation.kind };
    const granted = decide(guarded.policies, input);
    return granted instanceof Promise ? granted.then(permitted) : permitted(granted);
  };
}

function policiesOf({ policies = {}, opa }: AuthorizationOptions, logger: Logger): DecidePolicies {
  const own = policyFunctions(policies, logger);
  if (!opa) return own;
  return eitherOf(own, (name) => Object.hasOwn(policies, name), opaPolicies(opa, logger));
}
