import type { CancelSignal } from '@souk/kit/lifecycle';
import type { SubscribePayload } from 'graphql-ws';
import type { Engine } from '../engine/engine.js';
import { clientAddressOf } from '../http/client-claims.js';
import { readGraphqlRequest } from '../operation/graphql-request.js';
import type { OperationCall } from '../operation/operation-call.js';
import type { SocketExtra } from './socket-extra.js';

/**
 * One operation that came over a socket. Each gets a request id of its own.
 * @throws Refusal if a parameter has the wrong type.
 */
export function toSocketCall(
  { request, session }: SocketExtra,
  payload: SubscribePayload,
  more: {
    readonly requestId: string;
    readonly signal: CancelSignal;
    readonly engine: Engine;
    readonly trustedProxies: number;
  },
): OperationCall {
  if (!session) throw new Error('An operation came before connection_init was accepted.');
  const clientAddress = clientAddressOf(request, more.trustedProxies);
  return {
    // The protocol wants a query of every client; one that names its document sends an empty one.
    request: readGraphqlRequest(payload),
    via: 'WebSocket',
    requestId: more.requestId,
    client: {
      ...(session.clientName ? { name: session.clientName } : {}),
      ...(session.clientVersion ? { version: session.clientVersion } : {}),
    },
    ...(clientAddress === undefined ? {} : { clientAddress }),
    ...(session.cartToken === undefined ? {} : { cartToken: session.cartToken }),
    credentials: { kind: 'verified', identity: session.identity },
    headers: request.headers,
    responseHeaders: [],
    extensions: {},
    signal: more.signal,
    engine: more.engine,
    log: {},
  };
}
