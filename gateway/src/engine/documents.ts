import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  getOperationAST,
  validate,
} from 'graphql';
import type { CheckedOperation } from '../operation/checked-operation.js';
import { listMistakes } from '../operation/list-mistakes.js';
import { isStorableDocument } from '../operation/storable-text.js';
import { createLruMap } from '../planning/lru-map.js';
import type { KnownOperation } from '../planning/warm-up.js';
import { checkDocument, refuseOver } from '../plugins/limits/check-document.js';
import { type Limits, limitsOf } from '../plugins/limits/limits-options.js';
import { deepestLists } from '../plugins/limits/nested-lists.js';
import { readDocument } from '../plugins/limits/read-document.js';

/** A document's text is parsed and validated once. */
export interface DocumentCache {
  /** The operation (always the same object for the same text and name), or why it cannot run. */
  check(query: string, operationName: string | undefined): CheckedOperation | readonly GraphQLError[];
  /** What was asked, the newest last. */
  recent(): KnownOperation[];
}

export interface DocumentCacheOptions {
  /** Most documents kept. @default 1000 */
  readonly limit?: number;
  /** How much a document may ask for. @default those of the option `limits` */
  readonly limits?: Limits;
}

interface CheckedDocument {
  readonly hash: string;
  readonly document: DocumentNode;
  /** Its operations that were asked for, by name. */
  readonly operations: Map<string | undefined, CheckedOperation>;
}

/** Mistakes that are looked for; the answer lists fewer. */
const MISTAKES_SOUGHT = 30;

export function createDocumentCache(
  schema: GraphQLSchema,
  options: DocumentCacheOptions = {},
): DocumentCache {
  const { limit = 1000, limits = limitsOf() } = options;
  // Only valid documents are kept, or a flood of nonsense would push the real ones out.
  const known = createLruMap<string, CheckedDocument>(limit);

  const checkDocumentText = (query: string): CheckedDocument | readonly GraphQLError[] => {
    const hit = known.get(query);
    if (hit) return hit;
    try {
      if (!isStorableDocument(query)) return [UNSTORABLE];
      const document = readDocument(query, limits);
      checkDocument(document, limits);
      const errors = validate(schema, document, undefined, {
        maxErrors: MISTAKES_SOUGHT,
        hideSuggestions: true,
      });
      if (errors.length > 0) return listMistakes(errors, limits.maxErrors);
      refuseOver('maxNestedLists', deepestLists(schema, document), limits);
      const hash = createHash('sha256').update(query).digest('hex');
      const checked = { hash, document, operations: new Map<string | undefined, CheckedOperation>() };
      known.set(query, checked);
      return checked;
    } catch (error) {
      if (error instanceof GraphQLError) return listMistakes([error], 1);
      // Limits keep recursion within the stack; without them, the stack itself is the limit.
      if (error instanceof RangeError) return [TOO_DEEP];
      throw error;
    }
  };

  return {
    recent: () =>
      known
        .entries()
        .flatMap(([query, { operations }]) =>
          [...operations.keys()].map((operationName) => ({ query, operationName })),
        ),
    check(query, operationName) {
      const checked = checkDocumentText(query);
      if (!('document' in checked)) return checked;
      const before = checked.operations.get(operationName);
      if (before) return before;
      const { hash, document, operations } = checked;
      const definition = getOperationAST(document, operationName);
      if (!definition) return listMistakes([unknownOperation(document, operationName)], 1);
      const name = definition.name?.value;
      const operation = { hash, document, definition, name, kind: definition.operation };
      operations.set(operationName, operation);
      return operation;
    },
  };
}

const UNSTORABLE = new GraphQLError(
  '"query" holds a NUL or half of a surrogate pair. Send text without them.',
);
const TOO_DEEP = new GraphQLError('The document is nested too deeply. Ask for less at once.');

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
