import { getVariableValues } from 'graphql';
import { invalidOperation } from '../../operation/refusal.js';
import type { GatewayPlugin } from '../../plugin.js';

/** Parses, validates and picks the operation (from the cache, mostly), then checks its variables. */
export function documents(): GatewayPlugin {
  return {
    name: 'documents',
    async operation(call, next) {
      const { engine, request } = call;
      const checked = engine.documents.check(request.query, request.operationName);
      if (!('document' in checked)) throw invalidOperation(checked);
      call.operation = checked;
      call.log['operation'] = checked.name ?? '(unnamed)';
      call.log['kind'] = checked.kind;
      const { errors } = getVariableValues(
        engine.supergraph.api.schema,
        checked.definition.variableDefinitions ?? [],
        request.variables ?? {},
        { maxErrors: 20 },
      );
      if (errors) throw invalidOperation(errors);
      return next();
    },
  };
}
