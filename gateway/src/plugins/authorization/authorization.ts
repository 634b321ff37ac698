import type { Logger } from '@souk/kit/log';
import type { CheckedOperation } from '../../operation/checked-operation.js';
import { type OperationCall, requireStep } from '../../operation/operation-call.js';
import { Refusal } from '../../operation/refusal.js';
import type { GatewayPlugin } from '../../plugin.js';
import type { AuthorizationOptions } from './authorization-options.js';
import { createAuthorizer } from './authorizer.js';
import { rulesOf } from './rules.js';

/**
 * Enforces `@authenticated`, `@requiresScopes` and `@policy` of the supergraph: what somebody may not see is taken out
 * of the operation before it is planned, so no subgraph is asked for it. It stands behind limits, cost and rate limits,
 * which are cheaper than a policy.
 */
export function authorization(
  options: AuthorizationOptions,
  { logger }: { readonly logger: Logger },
): GatewayPlugin {
  if (options.enforce === false) return unenforced(logger);
  const authorize = createAuthorizer(options, logger);
  const isRejected = ({ restriction, kind }: CheckedOperation): boolean =>
    restriction !== undefined &&
    (options.mode === 'reject' || (restriction.isEmpty && kind === 'subscription'));

  const take = (call: OperationCall, permitted: CheckedOperation): void => {
    if (isRejected(permitted)) refuseDenied(call, permitted);
    call.operation = permitted;
  };
  return {
    name: 'authorization',
    load(supergraph) {
      const undecided = rulesOf(supergraph).policies.filter(
        (name) => !options.opa && !Object.hasOwn(options.policies ?? {}, name),
      );
      if (undecided.length > 0) {
        logger.warn(
          { policies: undecided },
          'nobody decides these policies, so what they guard is denied to everybody. Add them to authorization.policies, or set authorization.opa.',
        );
      }
    },
    operation(call, next) {
      const operation = requireStep(call.operation, 'documents');
      const identity = requireStep(call.identity, 'identity');
      const permitted = authorize(operation, call.engine.supergraph, identity);
      if (permitted instanceof Promise) {
        return permitted.then((decided) => {
          take(call, decided);
          return next();
        });
      }
      if (permitted !== operation) take(call, permitted);
      return next();
    },
  };
}

function refuseDenied({ context, request }: OperationCall, { restriction }: CheckedOperation): void {
  const { viewer } = requireStep(context, 'identity');
  const errors = restriction?.errors(viewer, request.variables ?? {}) ?? [];
  // Everything that was denied had been left out by @skip and @include.
  if (errors.length === 0) return;
  const isUndecided = errors.every(({ extensions }) => extensions['reason'] === 'UNAVAILABLE');
  if (isUndecided) throw new Refusal(errors, { status: 503 });
  if (viewer.kind !== 'anonymous') throw new Refusal(errors, { status: 403 });
  throw new Refusal(errors, { status: 401, headers: { 'www-authenticate': 'Bearer' } });
}

function unenforced(logger: Logger): GatewayPlugin {
  return {
    name: 'authorization',
    load(supergraph) {
      if (rulesOf(supergraph).isEmpty) return;
      logger.warn(
        {},
        'AUTHORIZATION IS OFF: the supergraph guards fields by @authenticated, @requiresScopes or @policy, and authorization.enforce is false. Everybody may ask for them here.',
      );
    },
  };
}
