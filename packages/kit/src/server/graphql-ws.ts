import type { Server } from 'node:http';
import type { ExecutionArgs } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { ENVELOPE_HEADER } from '../auth/envelope.js';
import type { Logger } from '../log/logger.js';
import type { SubgraphApp } from '../subgraph/app.js';
import type { OperationRequest, RequestContext } from '../subgraph/request.js';
import { type EnvelopeRules, readEnvelope } from './read-envelope.js';

type ConnectionExtra = Record<PropertyKey, unknown> & { requestContext?: RequestContext };

/** Largest frame the gateway may send, in bytes. */
const MAX_PAYLOAD = 1024 * 1024;

/**
 * Subscriptions of one subgraph over graphql-transport-ws. The gateway opens one connection per subscription and
 * sends its envelope in the `connection_init` payload; a bad envelope closes the socket with 4403.
 */
export function attachGraphqlWs(app: SubgraphApp, rules: EnvelopeRules, server: Server, logger: Logger) {
  const sockets = new WebSocketServer({ server, path: '/graphql', maxPayload: MAX_PAYLOAD });
  const toRequest = (args: ExecutionArgs): OperationRequest => ({
    query: args.document,
    // `context` below puts nothing but the connection's RequestContext here.
    context: args.contextValue as RequestContext,
    ...(args.operationName ? { operationName: args.operationName } : {}),
    ...(args.variableValues ? { variables: args.variableValues } : {}),
  });
  const disposable = useServer<Record<string, unknown>, ConnectionExtra>(
    {
      schema: app.schema,
      connectionInitWaitTimeout: 10_000,
      onConnect: async ({ extra, connectionParams }) => {
        try {
          extra.requestContext = await readEnvelope(connectionParams?.[ENVELOPE_HEADER], rules);
          return true;
        } catch (error) {
          logger.warn({ err: error }, 'refused a subscription connection');
          return false;
        }
      },
      context: ({ extra }) => extra.requestContext,
      subscribe: (args) => app.subscribe(toRequest(args)),
      execute: (args) => app.execute(toRequest(args)),
    },
    sockets,
  );
  return { stop: async () => disposable.dispose() };
}
