import type { CheckedOperation } from '../../operation/checked-operation.js';
import { requireStep } from '../../operation/operation-call.js';
import { type Refusal, refuse } from '../../operation/refusal.js';
import type { GatewayPlugin } from '../../plugin.js';
import { introspectedLists } from './introspected-lists.js';

/** Questions about the schema itself. */
export interface IntrospectionOptions {
  /** Lists inside each other: `types { fields { args } }`, which the standard tools ask for, are three. @default 3 */
  readonly maxNestedLists?: number;
}

/**
 * Lets integrators ask for the schema, within bounds, or nobody. `__typename` always stays.
 *
 * @param options `false` refuses `__schema` and `__type`
 */
export function introspection(options: IntrospectionOptions | false): GatewayPlugin {
  const most = options === false ? undefined : (options.maxNestedLists ?? 3);
  const refusalOf = (operation: CheckedOperation): Refusal | null => {
    const lists = introspectedLists(operation);
    if (lists === undefined) return null;
    if (most === undefined) return refuse('FORBIDDEN', OFF);
    return lists > most ? refuse('BAD_USER_INPUT', tooDeep(lists, most)) : null;
  };
  // An operation is looked at once.
  const known = new WeakMap<CheckedOperation, Refusal | null>();
  return {
    name: 'introspection',
    operation(call, next) {
      const operation = requireStep(call.operation, 'documents');
      let refusal = known.get(operation);
      if (refusal === undefined) known.set(operation, (refusal = refusalOf(operation)));
      if (refusal) throw refusal;
      return next();
    },
  };
}

const OFF = 'Introspection is switched off here. Ask whoever runs this API for its schema.';

const tooDeep = (lists: number, most: number): string =>
  `Found ${lists} lists inside each other in the introspection, at most ${most} are taken (introspection.maxNestedLists). Ask for the inner ones with __type.`;
