import type { GraphqlRequest } from '../../operation/graphql-request.js';
import { refuse } from '../../operation/refusal.js';

/** SHA-256 in hex. */
const HASH = /^[0-9a-f]{64}$/;

/** Which document a request names: `documentId`, or Apollo's `extensions.persistedQuery`. */
export interface NamedDocument {
  readonly id: string;
  /** Whether it can be the SHA-256 of a query: nothing else is looked for in the store. */
  readonly isHash: boolean;
}

/** @throws Refusal for a name that is written in no way we know */
export function namedDocument({ query, documentId, extensions }: GraphqlRequest): NamedDocument | undefined {
  if (documentId !== undefined) {
    if (query !== undefined) throw refuse('BAD_USER_INPUT', 'Send "query" or "documentId", not both.');
    // `sha256:` is the prefix that GraphQL over HTTP proposes.
    return named(documentId.replace(/^sha256:/, ''));
  }
  const given = extensions?.['persistedQuery'];
  if (given === undefined || given === null) return undefined;
  const { version, sha256Hash } = given as { version?: unknown; sha256Hash?: unknown };
  if (version !== 1 || typeof sha256Hash !== 'string')
    throw refuse(
      'BAD_USER_INPUT',
      '"extensions.persistedQuery" must be {"version": 1, "sha256Hash": "<SHA-256 of the query, in hex>"}.',
    );
  return named(sha256Hash);
}

const named = (id: string): NamedDocument => ({ id, isHash: HASH.test(id) });
