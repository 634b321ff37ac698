import { GraphQLError } from 'graphql';
import { Refusal } from './refusal.js';

// Messages and codes are those of Apollo's protocol: clients read them, and answer with the whole query.

/** Nobody has told us the query of this hash: send both. */
export const persistedQueryNotFound = (): Refusal =>
  told('PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND');

/** Hashes are not taken here: send the query. */
export const persistedQueryNotSupported = (): Refusal =>
  told('PersistedQueryNotSupported', 'PERSISTED_QUERY_NOT_SUPPORTED');

/** With status 200, whatever the client accepts: it is a step of the protocol, and clients stop at others. */
const told = (message: string, code: string): Refusal =>
  new Refusal([new GraphQLError(message, { extensions: { code, retryable: false } })], { status: 200 });
