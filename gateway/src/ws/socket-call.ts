import { randomUUID } from 'node:crypto';
import type { SubscribePayload } from 'graphql-ws';
import type { Engine } from '../engine/engine.js';
import { clientAddressOf } from '../http/create-exchange.js';
import type { OperationCall } from '../operation/operation-call.js';
import type { SocketExtra } from './graphql-protocol.js';

/** One operation that came over a socket. Each gets a request id of its own. */
export function toSocketCall(
  { request, session }: SocketExtra,
  payload: SubscribePayload,
  engine: Engine,
  trustedProxies: number,
): OperationCall {
  if (!session) throw new Error('An operation came before connection_init was accepted.');
  const clientAddress = clientAddressOf(request, trustedProxies);
  // The protocol wants a query of every client; one that names its document sends an empty one.
  const { query, documentId, operationName, variables, extensions } = payload as SubscribePayload & {
    readonly documentId?: unknown;
  };
  return {
    request: {
      ...(query === '' ? {} : { query }),
      ...(typeof documentId === 'string' && documentId !== '' ? { documentId } : {}),
      ...(operationName ? { operationName } : {}),
      ...(variables ? { variables } : {}),
      ...(extensions ? { extensions } : {}),
    },
    via: 'WebSocket',
    requestId: randomUUID(),
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
    signal: session.gone,
    engine,
    log: {},
  };
}
