import { ENVELOPE_HEADER, signEnvelope } from '@souk/kit/auth';
import { AppError } from '@souk/kit/errors';
import type { OperationRequest, RequestContext } from '@souk/kit/subgraph';
import { type ExecutionResult, print } from 'graphql';
import { Pool } from 'undici';
import { subscribeOverWebSocket } from './http-subscription.js';
import { limitPatience } from './limit-patience.js';
import { readSubgraphAnswer } from './read-answer.js';
import type { JsonRequest, SubgraphTransport } from './subgraph-transport.js';

/** Where a subgraph is and how patient to be with it. */
export interface HttpTransportOptions {
  readonly name: string;
  /** The GraphQL endpoint, `http:` or `https:`. */
  readonly url: string;
  /**
   * Signs the request context (at least 32 characters, the same as the subgraph's). Without it the subgraph learns
   * nothing about the viewer: right for foreign subgraphs, wrong for Souk's own.
   * @default undefined
   */
  readonly secret?: string;
  /** How long one request may take, in milliseconds. @default 10000 */
  readonly timeoutMs?: number;
  /** Most connections kept open to this subgraph. @default 128 */
  readonly connections?: number;
  /** Path that answers 2xx once the subgraph is ready. Without it the subgraph always counts as ready. @default undefined */
  readonly readyPath?: string;
}

/**
 * Reaches a subgraph over HTTP/1.1 with a pool of kept-alive connections, and over graphql-transport-ws for
 * subscriptions.
 *
 * @example httpTransport({ name: 'orders', url: 'http://orders:4000/graphql', secret, readyPath: '/ready' })
 */
export function httpTransport(options: HttpTransportOptions): SubgraphTransport {
  const { name, secret, timeoutMs = 10_000, connections = 128, readyPath } = options;
  const url = new URL(options.url);
  const path = `${url.pathname}${url.search}`;
  const pool = new Pool(url.origin, {
    connections,
    keepAliveTimeout: 30_000,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  const envelopeFor = async (context: RequestContext): Promise<string | undefined> =>
    secret === undefined ? undefined : signEnvelope(context, { audience: name, secret });

  const post = async (
    { body, context, headers }: JsonRequest,
    signal: AbortSignal,
  ): Promise<ExecutionResult> => {
    const envelope = await envelopeFor(context);
    const response = await pool.request({
      path,
      method: 'POST',
      signal,
      headers: {
        ...(headers ? Object.fromEntries(headers) : {}),
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json;q=0.9',
        'x-request-id': context.requestId,
        ...(envelope === undefined ? {} : { [ENVELOPE_HEADER]: envelope }),
      },
      body,
    });
    return readSubgraphAnswer(name, response.statusCode, await response.body.text());
  };

  const executeJson = async (request: JsonRequest): Promise<ExecutionResult> => {
    const patience = limitPatience(request.signal, timeoutMs);
    try {
      return await post(request, patience.signal);
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      if (patience.isOver() || isTimeout(cause)) {
        throw new AppError(
          'TIMEOUT',
          `The ${name} subgraph did not answer within ${timeoutMs} ms. Try again.`,
          { cause },
        );
      }
      throw new AppError(
        'UNAVAILABLE',
        `The ${name} subgraph cannot be reached right now. Try again shortly.`,
        { cause },
      );
    } finally {
      patience.end();
    }
  };

  return {
    name,
    executeJson,
    execute: (request) => executeJson({ ...request, body: JSON.stringify(bodyOf(request)) }),
    async subscribe(request) {
      const envelope = await envelopeFor(request.context);
      return subscribeOverWebSocket({
        name,
        url: url.href.replace(/^http/, 'ws'),
        payload: bodyOf(request),
        connectionParams: envelope === undefined ? {} : { [ENVELOPE_HEADER]: envelope },
        ...(request.signal ? { signal: request.signal } : {}),
      });
    },
    async checkReady() {
      if (readyPath === undefined) return;
      const response = await pool.request({
        path: readyPath,
        method: 'GET',
        signal: AbortSignal.timeout(2_000),
      });
      await response.body.dump();
      if (response.statusCode >= 300)
        throw new Error(`${name} answers ${response.statusCode} at ${readyPath}`);
    },
    async close(graceMs) {
      if (pool.closed || pool.destroyed) return;
      const cut = setTimeout(() => void pool.destroy(), graceMs);
      await pool.close().finally(() => clearTimeout(cut));
    },
  };
}

const isTimeout = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  /^UND_ERR_(HEADERS|BODY|CONNECT)_TIMEOUT$/.test(String(error.code));

const bodyOf = ({ query, operationName, variables }: Omit<OperationRequest, 'context' | 'signal'>) => ({
  query: typeof query === 'string' ? query : print(query),
  ...(variables ? { variables: { ...variables } } : {}),
  ...(operationName === undefined ? {} : { operationName }),
});
