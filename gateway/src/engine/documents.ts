import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  getOperationAST,
  parse,
  validate,
} from 'graphql';
import type { CheckedOperation } from '../operation/checked-operation.js';
import { deepestLists, refuseDeepText } from '../operation/nesting.js';
import { createLruMap } from '../planning/lru-map.js';

/** A document's text is parsed and validated once. */
export interface DocumentCache {
  /** The operation, or why it cannot run. */
  check(query: string, operationName: string | undefined): CheckedOperation | readonly GraphQLError[];
}

export interface DocumentCacheOptions {
  /** Most documents kept. @default 1000 */
  readonly limit?: number;
  /** Most tokens in one document; more is refused while parsing. @default 10000 */
  readonly maxTokens?: number;
  /** Most lists inside each other: the answer grows with the product of their lengths. @default 5 */
  readonly maxNestedLists?: number;
}

interface CheckedDocument {
  readonly hash: string;
  readonly document: DocumentNode;
}

export function createDocumentCache(
  schema: GraphQLSchema,
  options: DocumentCacheOptions = {},
): DocumentCache {
  const { limit = 1000, maxTokens = 10_000, maxNestedLists = 5 } = options;
  // Only valid documents are kept, or a flood of nonsense would push the real ones out.
  const known = createLruMap<string, CheckedDocument>(limit);

  const checkDocument = (query: string): CheckedDocument | readonly GraphQLError[] => {
    const hit = known.get(query);
    if (hit) return hit;
    try {
      refuseDeepText(query);
      const document = parse(query, { maxTokens });
      const errors = validate(schema, document, undefined, { maxErrors: 20 });
      if (errors.length > 0) return errors;
      const nestedLists = deepestLists(schema, document);
      if (nestedLists > maxNestedLists) return [tooManyLists(nestedLists, maxNestedLists)];
      const checked = { hash: createHash('sha256').update(query).digest('hex'), document };
      known.set(query, checked);
      return checked;
    } catch (error) {
      if (error instanceof GraphQLError) return [error];
      throw error;
    }
  };

  return {
    check(query, operationName) {
      const checked = checkDocument(query);
      if (!('document' in checked)) return checked;
      const definition = getOperationAST(checked.document, operationName);
      if (!definition) return [unknownOperation(checked.document, operationName)];
      return { ...checked, definition, name: definition.name?.value, kind: definition.operation };
    },
  };
}

const tooManyLists = (nested: number, most: number): GraphQLError =>
  new GraphQLError(
    `The operation asks for ${nested} lists inside each other, at most ${most} are answered. Ask for the inner ones by themselves.`,
  );

function unknownOperation(document: DocumentNode, operationName: string | undefined): GraphQLError {
  const names = document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? [definition.name?.value ?? '(unnamed)'] : [],
  );
  return new GraphQLError(
    operationName === undefined
      ? `The document holds ${names.length} operations. Say which one with "operationName": ${names.join(', ') || 'none'}.`
      : `There is no operation named "${operationName}" in the document. It holds: ${names.join(', ') || 'none'}.`,
  );
}
