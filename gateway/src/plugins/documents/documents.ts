import { persistedQueryNotSupported } from '../../operation/persisted-query.js';
import { invalidOperation } from '../../operation/refusal.js';
import type { GatewayPlugin } from '../../plugin.js';

/** Parses, validates and picks the operation, from the cache mostly; unless it is known already, by its name. */
export function documents(): GatewayPlugin {
  return {
    name: 'documents',
    operation(call, next) {
      const { engine, request } = call;
      if (call.operation === undefined) {
        if (request.query === undefined) throw persistedQueryNotSupported();
        const checked = engine.documents.check(request.query, request.operationName);
        if (!('document' in checked)) throw invalidOperation(checked);
        call.operation = checked;
      }
      call.log['operation'] = call.operation.name ?? '(unnamed)';
      call.log['kind'] = call.operation.kind;
      return next();
    },
  };
}
