import { createHash } from 'node:crypto';
import type { Kv } from '@souk/kit/kv';
import type { Logger } from '@souk/kit/log';
import type { GatewayMetrics } from '../../metrics/gateway-metrics.js';
import { registeredCounter } from '../../metrics/registered.js';
import type { CheckedOperation } from '../../operation/checked-operation.js';
import type { OperationCall, OperationOutcome } from '../../operation/operation-call.js';
import { persistedQueryNotFound, persistedQueryNotSupported } from '../../operation/persisted-query.js';
import { invalidOperation, type Refusal, refuse } from '../../operation/refusal.js';
import type { GatewayPlugin, MaybeLater } from '../../plugin.js';
import { automaticQueries } from './automatic-queries.js';
import { type NamedDocument, namedDocument } from './named-document.js';
import type { PersistedOperationsOptions, UnknownPolicy } from './persisted-operations-options.js';
import { checkListed, type ListedOperation, openSafelist } from './safelist.js';

export interface PersistedOperationsDeps {
  readonly kv: Kv;
  readonly metrics: GatewayMetrics;
  readonly logger: Logger;
}

/** How the document of an operation was found, for metrics and the access log. */
type Found = 'listed' | 'stored' | 'registered' | 'missing' | 'unknown' | 'rejected';

/**
 * Runs operations that are named instead of sent: those of manifests, which are neither parsed nor validated again, and
 * those that a client has sent once (automatic persisted queries). Says what is done with operations that no manifest
 * has.
 */
export function persistedOperations(
  options: PersistedOperationsOptions,
  { kv, metrics, logger }: PersistedOperationsDeps,
): GatewayPlugin {
  const { manifests = [], unknown = 'allow', clients = {}, automatic = {} } = options;
  const safelist = openSafelist(manifests, logger);
  const stored = automatic === false ? undefined : automaticQueries(automatic, { kv, logger });
  const policies = new Map(Object.entries(clients));
  const count = foundCounters(metrics);

  const note = (call: OperationCall, found: Found): void => {
    count[found].inc();
    call.log['persisted'] = found;
  };
  const policyOf = ({ client }: OperationCall): UnknownPolicy =>
    (client.name === undefined ? undefined : policies.get(client.name)) ?? unknown;

  const useListed = (call: OperationCall, listed: ListedOperation): void => {
    note(call, 'listed');
    call.operation = checkListed(listed, call.engine, call.request.operationName);
  };
  /** Takes a query that was sent or registered, if its client may use it. @throws Refusal */
  const admit = (call: OperationCall, query: string, found?: Found): void => {
    const policy = policyOf(call);
    if (policy !== 'allow') {
      const listed = safelist.byText(query);
      if (listed) return useListed(call, listed);
      note(call, policy === 'log' ? 'unknown' : 'rejected');
      if (policy === 'reject') throw notListed();
    } else if (found) note(call, found);
  };
  /** @throws Refusal if the query is not valid: nothing invalid is kept */
  const check = ({ engine, request }: OperationCall, query: string): CheckedOperation => {
    const operation = engine.documents.check(query, request.operationName);
    if ('document' in operation) return operation;
    throw invalidOperation(operation);
  };
  const useStored = (call: OperationCall, query: string | undefined): void => {
    if (query === undefined) {
      note(call, 'missing');
      throw persistedQueryNotFound();
    }
    admit(call, query, 'stored');
    call.operation ??= check(call, query);
  };
  /** Kept once it was let run: who may ask for nothing may leave nothing here. */
  const register = async (
    call: OperationCall,
    { id, query }: { readonly id: string; readonly query: string },
    next: () => MaybeLater<OperationOutcome>,
  ): Promise<OperationOutcome> => {
    if (sha256(query) !== id) throw wrongHash();
    admit(call, query, stored && 'registered');
    call.operation ??= check(call, query);
    const outcome = await next();
    stored?.keep(id, query);
    return outcome;
  };
  /** A name that no manifest has. */
  const findStored = (call: OperationCall, { id, isHash }: NamedDocument): void | Promise<void> => {
    if (policyOf(call) === 'reject') {
      note(call, 'rejected');
      throw notListed();
    }
    if (!stored && manifests.length === 0) throw persistedQueryNotSupported();
    const query = isHash ? stored?.find(id) : undefined;
    return query instanceof Promise ? query.then((later) => useStored(call, later)) : useStored(call, query);
  };

  return {
    name: 'persisted-operations',
    operation(call, next) {
      const { query } = call.request;
      const named = namedDocument(call.request);
      if (named === undefined) {
        if (query !== undefined && policyOf(call) !== 'allow') admit(call, query);
        return next();
      }
      const listed = safelist.byId(named.id);
      if (listed && (query === undefined || query === listed.body)) {
        useListed(call, listed);
        return next();
      }
      if (query !== undefined) return register(call, { id: named.id, query }, next);
      const later = findStored(call, named);
      return later ? later.then(next) : next();
    },
    async stop() {
      safelist.stop();
    },
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const wrongHash = (): Refusal =>
  refuse('BAD_USER_INPUT', 'The hash is not that of the query. Send the SHA-256 of its UTF-8 text, in hex.', {
    extensions: { reason: 'PERSISTED_QUERY_HASH_MISMATCH' },
  });

const notListed = (): Refusal =>
  refuse(
    'FORBIDDEN',
    'Only operations that are in a manifest run here. Add it to the manifest that the gateway reads (persistedOperations.manifests).',
    { extensions: { reason: 'OPERATION_NOT_LISTED' } },
  );

/** One handle for each, looked up once. */
function foundCounters({ registry }: GatewayMetrics) {
  const counter = registeredCounter(registry, {
    name: 'souk_gateway_persisted_operations_total',
    help: 'Operations that were named or held against manifests, by how their document was found.',
    labelNames: ['found'],
  });
  const of = (found: Found) => counter.labels({ found });
  return {
    listed: of('listed'),
    stored: of('stored'),
    registered: of('registered'),
    missing: of('missing'),
    unknown: of('unknown'),
    rejected: of('rejected'),
  };
}
