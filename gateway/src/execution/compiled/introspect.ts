import { type DocumentNode, executeSync, type GraphQLSchema, Kind } from 'graphql';
import type { CheckedOperation } from '../../operation/checked-operation.js';
import type { Introspect } from './complete-data.js';

/** Lets graphql-js answer `__schema` and `__type` from the API schema: nothing else of the operation is run. */
export function createIntrospect(
  schema: GraphQLSchema,
  operation: CheckedOperation,
  variables: Readonly<Record<string, unknown>>,
): Introspect {
  return ({ key, nodes }) => {
    const document: DocumentNode = {
      kind: Kind.DOCUMENT,
      definitions: [
        { ...operation.definition, selectionSet: { kind: Kind.SELECTION_SET, selections: nodes } },
        ...operation.document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION),
      ],
    };
    return (
      executeSync({ schema, document, rootValue: {}, variableValues: { ...variables } }).data?.[key] ?? null
    );
  };
}
