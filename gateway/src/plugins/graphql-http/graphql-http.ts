import type { Logger } from '@souk/kit/log';
import type { Engine } from '../../engine/engine.js';
import { headerOf } from '../../http/client-claims.js';
import type { HttpExchange } from '../../http/exchange.js';
import { Cancellation } from '@souk/kit/lifecycle';
import { GRAPHQL_RESPONSE, JSON_RESPONSE, readAccept } from '../../http/media-types.js';
import { appendHeaders, sendRefusal, sendResult } from '../../http/write.js';
import type { GraphqlRequest } from '../../operation/graphql-request.js';
import { isStream, type OperationCall, type RunOperation } from '../../operation/operation-call.js';
import { Refusal, refuse } from '../../operation/refusal.js';
import { refusalOf } from '../../operation/refusal-of.js';
import type { GatewayPlugin } from '../../plugin.js';
import type { EventAnswers } from '../../sse/answer-events.js';
import { answerBatch } from './answer-batch.js';
import { readHttpRequest } from './read-http-request.js';

export interface GraphqlHttpOptions {
  readonly path: string;
  /** Largest body, in bytes. @default 1048576 */
  readonly bodyLimit?: number;
  readonly engine: () => Engine;
  readonly run: RunOperation;
  /** Answers that are streams. */
  readonly events: EventAnswers;
  readonly logger: Logger;
  /** Most operations in one batch; 0 takes no batches. @default 0 */
  readonly maxBatch?: number;
  /** A browser that opens the endpoint is sent here. @default undefined: it gets 400 */
  readonly playgroundPath?: string;
}

/** GraphQL over HTTP: reads the request, runs the operation, writes the result, or its events one by one (SSE). */
export function graphqlHttp(options: GraphqlHttpOptions): GatewayPlugin {
  const { path, bodyLimit = 1_048_576, maxBatch = 0, engine, run, events, logger, playgroundPath } = options;
  return {
    name: 'graphql-http',
    async http(exchange, next) {
      if (exchange.path !== path) return next();
      const { type, events: acceptsStream } = readAccept(exchange.request.headers.accept);
      if (playgroundPath !== undefined && isVisit(exchange)) {
        exchange.response.writeHead(303, { location: playgroundPath }).end();
        return;
      }
      let call: OperationCall | undefined;
      try {
        if (!type && !acceptsStream) {
          throw refuse(
            'BAD_USER_INPUT',
            'Accept application/graphql-response+json, application/json or text/event-stream.',
            { status: 406 },
          );
        }
        const read = await readHttpRequest(exchange, { bodyLimit, maxBatch });
        if ('batch' in read) {
          const template = toCall(exchange, NOTHING_YET, engine(), false);
          const deps = { exchange, type, template, run, logger };
          return await answerBatch(read.batch, deps);
        }
        call = toCall(exchange, read, engine(), acceptsStream);
        const outcome = await run(call);
        if (!type || isStream(outcome)) return await events.answer(exchange.response, call, outcome);
        sendResult(exchange, type, { result: outcome, headers: call.responseHeaders });
      } catch (error) {
        const refusal = error instanceof Refusal ? error : refusalOf(error, exchange.requestId, logger);
        const { response } = exchange;
        if (call) appendHeaders(response, call.responseHeaders);
        exchange.log['code'] = refusal.errors[0]?.extensions['code'];
        sendRefusal(response, type ?? (acceptsStream ? GRAPHQL_RESPONSE : JSON_RESPONSE), refusal);
      }
    },
  };
}

/** The request of a batch as a whole. */
const NOTHING_YET: GraphqlRequest = { query: '' };

/** A person who typed the address into a browser. */
const isVisit = ({ request, query }: HttpExchange): boolean =>
  request.method === 'GET' && !query.has('query') && (request.headers.accept ?? '').includes('text/html');

function toCall(
  exchange: HttpExchange,
  graphqlRequest: GraphqlRequest,
  engine: Engine,
  acceptsStream: boolean,
): OperationCall {
  const { request, requestId, clientAddress, log } = exchange;
  const gone = new Cancellation();
  exchange.onClose((status) => {
    if (status === undefined) gone.abort();
  });
  const cartToken = headerOf(request, 'x-cart-token');
  const name = headerOf(request, 'apollographql-client-name') ?? headerOf(request, 'graphql-client-name');
  const version =
    headerOf(request, 'apollographql-client-version') ?? headerOf(request, 'graphql-client-version');
  return {
    request: graphqlRequest,
    via: request.method === 'GET' ? 'GET' : 'POST',
    requestId,
    client: { ...(name ? { name } : {}), ...(version ? { version } : {}) },
    ...(clientAddress === undefined ? {} : { clientAddress }),
    ...(cartToken === undefined ? {} : { cartToken }),
    credentials: { kind: 'header', authorization: headerOf(request, 'authorization') },
    headers: request.headers,
    acceptsStream,
    responseHeaders: [],
    extensions: {},
    signal: gone,
    engine,
    log,
  };
}
