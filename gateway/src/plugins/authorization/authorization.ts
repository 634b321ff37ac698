import type { Logger } from '@souk/kit/log';
import type { GraphQLError } from 'graphql';
import type { GatewayMetrics } from '../../metrics/gateway-metrics.js';
import { registeredCounter } from '../../metrics/registered.js';
import type { CheckedOperation, Restriction } from '../../operation/checked-operation.js';
import { type OperationCall, requireStep } from '../../operation/operation-call.js';
import { Refusal } from '../../operation/refusal.js';
import type { GatewayPlugin } from '../../plugin.js';
import type { AuthorizationOptions } from './authorization-options.js';
import { createAuthorizer } from './authorizer.js';
import { rulesOf } from './rules.js';

export interface AuthorizationDeps {
  readonly metrics: GatewayMetrics;
  readonly logger: Logger;
}

/**
 * Enforces `@authenticated`, `@requiresScopes` and `@policy` of the supergraph: what somebody may not see is taken out
 * of the operation before it is planned, so no subgraph is asked for it. It stands behind limits, cost and rate limits,
 * which are cheaper than a policy.
 */
export function authorization(
  options: AuthorizationOptions,
  { metrics, logger }: AuthorizationDeps,
): GatewayPlugin {
  if (options.enforce === false) return unenforced(logger);
  const authorize = createAuthorizer(options, logger);
  const denied = registeredCounter(metrics.registry, {
    name: 'souk_gateway_authorization_denied_total',
    help: 'Operations of which something was denied: filtered (the rest ran) or refused.',
    labelNames: ['outcome'],
  });
  const filtered = denied.labels({ outcome: 'filtered' });
  const refused = denied.labels({ outcome: 'refused' });
  const take = (call: OperationCall, permitted: CheckedOperation): void => {
    const { restriction, kind } = permitted;
    const errors = restriction ? denialsFor(call, restriction) : [];
    if (errors.length > 0) {
      const isRefused = options.mode === 'reject' || (kind === 'subscription' && restriction?.isEmpty);
      (isRefused ? refused : filtered).inc();
      if (isRefused) throw refusalFor(call, errors);
    }
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

/** None if everything that was denied had been left out by @skip and @include. */
const denialsFor = ({ context, request }: OperationCall, { errors }: Restriction): readonly GraphQLError[] =>
  errors(requireStep(context, 'identity').viewer, request.variables ?? {});

function refusalFor({ identity }: OperationCall, errors: readonly GraphQLError[]): Refusal {
  if (errors.every(({ extensions }) => extensions['reason'] === 'UNAVAILABLE'))
    return new Refusal(errors, { status: 503 });
  if (identity?.viewer.kind !== 'anonymous') return new Refusal(errors, { status: 403 });
  return new Refusal(errors, { status: 401, headers: { 'www-authenticate': 'Bearer' } });
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
