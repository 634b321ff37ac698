import { getVariableValues } from 'graphql';
import { listMistakes } from '../../operation/list-mistakes.js';
import { requireStep } from '../../operation/operation-call.js';
import { invalidOperation, refuse } from '../../operation/refusal.js';
import { findUnstorable } from '../../operation/storable-text.js';
import type { GatewayPlugin } from '../../plugin.js';

export interface VariablesOptions {
  /** Mistakes that one answer lists. @default 5 */
  readonly maxErrors?: number;
}

/** Mistakes that are looked for; the answer lists fewer. */
const MISTAKES_SOUGHT = 30;

/** Compares the variables with the types that the operation declares. Subgraphs get them as the client sent them. */
export function variables({ maxErrors = 5 }: VariablesOptions = {}): GatewayPlugin {
  return {
    name: 'variables',
    operation(call, next) {
      const { definition } = requireStep(call.operation, 'documents');
      const given = call.request.variables;
      const unstorable = given && findUnstorable(given);
      if (unstorable !== undefined) {
        throw refuse(
          'BAD_USER_INPUT',
          `The variable "${unstorable.slice(0, 100)}" holds a NUL or half of a surrogate pair. Send text without them.`,
        );
      }
      const declared = definition.variableDefinitions;
      if (!declared?.length) return next();
      const { errors } = getVariableValues(call.engine.supergraph.api.schema, declared, given ?? {}, {
        maxErrors: MISTAKES_SOUGHT,
        hideSuggestions: true,
      });
      if (errors) throw invalidOperation(listMistakes(errors, maxErrors));
      return next();
    },
  };
}
