import { invalidOperation } from '../../operation/refusal.js';
import type { GatewayPlugin } from '../../plugin.js';

/** Parses, validates and picks the operation; from the cache, mostly. */
export function documents(): GatewayPlugin {
  return {
    name: 'documents',
    operation(call, next) {
      const { engine, request } = call;
      const checked = engine.documents.check(request.query, request.operationName);
      if (!('document' in checked)) throw invalidOperation(checked);
      call.operation = checked;
      call.log['operation'] = checked.name ?? '(unnamed)';
      call.log['kind'] = checked.kind;
      return next();
    },
  };
}
