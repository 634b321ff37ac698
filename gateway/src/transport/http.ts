import { ENVELOPE_HEADER, signEnvelope, TIME_LEFT_HEADER } from '@souk/kit/auth';
import { AppError } from '@souk/kit/errors';
import type { OperationRequest, RequestContext } from '@souk/kit/subgraph';
import { type ExecutionResult, print } from 'graphql';
import { outOfTime } from '../operation/deadline.js';
import type { OperationCall } from '../operation/operation-call.js';
import { headerLine, joinHeaders } from './header-lines.js';
import { hostOf } from './host-of.js';
import type { Endpoint } from './http1/connection.js';
import { createHttpClient, RequestTimeout } from './http1/http-client.js';
import { subscribeOverWebSocket } from './http-subscription.js';
import { readSubgraphAnswer } from './read-answer.js';
import type { JsonRequest, TextTransport } from './subgraph-transport.js';

/** Where a subgraph is and how patient to be with it. */
export interface HttpTransportOptions {
  readonly name: string;
  /** The GraphQL endpoint, `http:` or `https:`. */
  readonly url: string;
  /** Network address to connect to, when the URL's host is one name of several machines. @default the host is looked up */
  readonly address?: string;
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
  /** Largest answer, in bytes; a larger one is cut off and counts as none. @default 67108864 */
  readonly answerLimit?: number;
  /** How often the link of a subscription is tried, and how long it may take to answer, in milliseconds. @default 15000 */
  readonly keepAliveMs?: number;
  /** Path that answers 2xx once the subgraph is ready. Without it the subgraph always counts as ready. @default undefined */
  readonly readyPath?: string;
}

/**
 * Reaches a subgraph over HTTP/1.1 with a pool of kept-alive connections, and over graphql-transport-ws for
 * subscriptions.
 *
 * @example httpTransport({ name: 'orders', url: 'http://orders:4000/graphql', secret, readyPath: '/ready' })
 */
export function httpTransport(options: HttpTransportOptions): TextTransport {
  const {
    name,
    address,
    secret,
    timeoutMs = 10_000,
    connections = 128,
    answerLimit = 67_108_864,
    keepAliveMs = 15_000,
    readyPath,
  } = options;
  const url = new URL(options.url);
  const client = createHttpClient({
    ...endpointOf(url, address),
    connections,
    timeoutMs,
    bodyLimit: answerLimit,
  });
  const postHead =
    `POST ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-type: application/json\r\n` +
    'accept: application/graphql-response+json, application/json;q=0.9\r\n';
  const envelopeFor = (context: RequestContext): Promise<string> | undefined =>
    secret === undefined ? undefined : signEnvelope(context, { audience: name, secret });

  const failure = (cause: unknown, { call }: JsonRequest): AppError => {
    if (cause instanceof AppError) return cause;
    if (call?.deadline?.hasPassed) return outOfTime(name);
    if (cause instanceof RequestTimeout)
      return new AppError(
        'TIMEOUT',
        `The ${name} subgraph did not answer within ${timeoutMs} ms. Try again.`,
        { cause },
      );
    return new AppError(
      'UNAVAILABLE',
      `The ${name} subgraph cannot be reached right now. Try again shortly.`,
      { cause },
    );
  };

  const executeJson = async (request: JsonRequest): Promise<ExecutionResult> => {
    try {
      const { body, context, headers, forwarded, fetch, call, signal } = request;
      let head = postHead + headerLine('x-request-id', context.requestId);
      if (headers || forwarded) head += joinHeaders(headers, forwarded).text;
      const envelope = envelopeFor(context);
      if (envelope) {
        head += `${ENVELOPE_HEADER}: ${await envelope}\r\n${TIME_LEFT_HEADER}: ${timeLeft(timeoutMs, call)}\r\n`;
      }
      const answer = await client.send({
        head: `${head}content-length: `,
        body,
        isRepeatable: fetch?.kind === 'query',
        signal,
      });
      const result = readSubgraphAnswer(name, answer.status, answer.body);
      if (call) request.onHead?.(answer.head, call);
      return result;
    } catch (cause) {
      throw failure(cause, request);
    }
  };

  return {
    name,
    url: options.url,
    executeJson,
    execute: (request) => executeJson({ ...request, body: JSON.stringify(bodyOf(request)) }),
    async subscribe(request) {
      const envelope = await envelopeFor(request.context);
      return subscribeOverWebSocket({
        name,
        url: url.href.replace(/^http/, 'ws'),
        ...(address === undefined ? {} : { address }),
        payload: bodyOf(request),
        timeoutMs,
        keepAliveMs,
        // A WebSocket has no headers of its own: what would be one is in connection_init.
        connectionParams: {
          ...Object.fromEntries(joinHeaders(request.headers, request.forwarded).entries),
          ...(envelope === undefined ? {} : { [ENVELOPE_HEADER]: envelope }),
        },
        ...(request.signal ? { signal: request.signal } : {}),
      });
    },
    async checkReady() {
      if (readyPath === undefined) return;
      const { status } = await client.send({
        head: `GET ${readyPath} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-length: `,
        body: '',
        isRepeatable: true,
        signal: AbortSignal.timeout(2_000),
      });
      if (status >= 300) throw new Error(`${name} answers ${status} at ${readyPath}`);
    },
    close: (graceMs) => client.close(graceMs),
  };
}

/** How long the answer is waited for from now, in whole milliseconds. */
const timeLeft = (timeoutMs: number, call: OperationCall | undefined): number =>
  call?.deadline
    ? Math.max(0, Math.ceil(Math.min(timeoutMs, call.deadline.at - performance.now())))
    : timeoutMs;

const endpointOf = (url: URL, address: string | undefined): Endpoint => {
  const isSecure = url.protocol === 'https:';
  const host = hostOf(url);
  return {
    host: address ?? host,
    // Certificates name hosts, whatever the address.
    ...(address === undefined ? {} : { servername: host }),
    port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port),
    isSecure,
  };
};

const bodyOf = ({ query, operationName, variables }: Omit<OperationRequest, 'context' | 'signal'>) => ({
  query: typeof query === 'string' ? query : print(query),
  ...(variables ? { variables: { ...variables } } : {}),
  ...(operationName === undefined ? {} : { operationName }),
});
