import { GraphQLError } from 'graphql';
import { type OperationCall, requireStep } from '../../operation/operation-call.js';
import { invalidOperation } from '../../operation/refusal.js';
import type { GatewayPlugin } from '../../plugin.js';
import { refuseOver } from './check-document.js';
import { type Limits, type LimitsOptions, limitsOf } from './limits-options.js';
import { createListSizes } from './list-sizes.js';
import { checkVariables } from './variable-limits.js';

/**
 * Refuses requests that ask for too much at once. What depends on the document alone was decided when the document
 * was first seen (engine/documents.ts, with the functions of this folder); what depends on variables is decided here.
 */
export function limits(options: LimitsOptions): GatewayPlugin {
  const chosen = limitsOf(options);
  const listSize = createListSizes();
  return {
    name: 'limits',
    operation(call, next) {
      try {
        check(call, chosen, listSize);
      } catch (error) {
        throw error instanceof GraphQLError ? invalidOperation([error]) : error;
      }
      return next();
    },
  };
}

function check(call: OperationCall, chosen: Limits, listSize: ReturnType<typeof createListSizes>): void {
  const operation = requireStep(call.operation, 'documents');
  const { variables } = call.request;
  if (variables) checkVariables(variables, chosen);
  refuseOver('maxListSize', listSize(operation, call.engine.supergraph, variables ?? {}), chosen);
}
