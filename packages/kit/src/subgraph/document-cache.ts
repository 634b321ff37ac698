import { type DocumentNode, GraphQLError, parse } from 'graphql';

/** A parsed document and what validation says of it. */
export interface CheckedDocument {
  readonly document: DocumentNode;
  readonly errors: readonly GraphQLError[];
}

const EMPTY: DocumentNode = { kind: 'Document', definitions: [] } as unknown as DocumentNode;

/**
 * Parses and validates each operation text once. The gateway sends a subgraph the same few texts for ever, so a
 * small bounded map (oldest out first) is enough.
 *
 * @param limit most texts kept @default 1000
 */
export function createDocumentCache(
  validate: (document: DocumentNode) => readonly GraphQLError[],
  limit = 1000,
): { get(query: string | DocumentNode): CheckedDocument } {
  const known = new Map<string | DocumentNode, CheckedDocument>();
  const check = (query: string | DocumentNode): CheckedDocument => {
    try {
      const document = typeof query === 'string' ? parse(query, { maxTokens: 20_000 }) : query;
      return { document, errors: validate(document) };
    } catch (error) {
      if (error instanceof GraphQLError) return { document: EMPTY, errors: [error] };
      throw error;
    }
  };
  return {
    get(query) {
      const hit = known.get(query);
      if (hit) return hit;
      const checked = check(query);
      if (known.size >= limit) known.delete(known.keys().next().value ?? query);
      known.set(query, checked);
      return checked;
    },
  };
}
