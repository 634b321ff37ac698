import { randomUUID } from 'node:crypto';
import { AppError } from '@souk/kit/errors';
import { Cancellation } from '@souk/kit/lifecycle';
import type { Logger } from '@souk/kit/log';
import type { ExecutionArgs } from 'graphql';
import { CloseCode, makeServer, type Server } from 'graphql-ws';
import type { Engine } from '../engine/engine.js';
import { plainResult } from '../execution/text-result.js';
import type { Identify } from '../identity/identify.js';
import {
  isStream,
  type OperationCall,
  type OperationOutcome,
  type RunOperation,
} from '../operation/operation-call.js';
import { mapStream } from '../subscriptions/map-stream.js';
import { whenEnded } from '../subscriptions/when-ended.js';
import { type Refusal, refuse } from '../operation/refusal.js';
import { refusalOf } from '../operation/refusal-of.js';
import { whenExpired } from '../identity/when-expired.js';
import { readConnectionInit } from './connection-init.js';
import { toSocketCall } from './socket-call.js';
import type { RunningOperation, SocketExtra } from './socket-extra.js';

export interface ProtocolDeps {
  readonly engine: () => Engine;
  readonly run: RunOperation;
  /** By the options in force when the client says who it is. */
  readonly identify: Identify;
  readonly logger: Logger;
  readonly trustedProxies: number;
  /** How long a client may take to send `connection_init`, in milliseconds. */
  readonly initTimeoutMs: number;
  /** Operations that one socket may run at once. */
  readonly maxOperations: number;
}

/**
 * The rules of a GraphQL socket. A token that does not hold closes it with 4403, and so does a token that runs out;
 * a mistake in one operation is that operation's `error` and never ends the socket.
 */
export function createGraphqlProtocol(deps: ProtocolDeps): Server<SocketExtra> {
  const { engine, run, identify, logger } = deps;

  const runCall = async (args: ExecutionArgs): Promise<OperationOutcome> => {
    // onSubscribe put the running call there.
    const { outcome } = args.contextValue as PreparedCall;
    // graphql-ws copies results.
    return isStream(outcome) ? mapStream(outcome, plainResult) : plainResult(outcome);
  };

  return makeServer<Record<string, unknown>, SocketExtra>({
    connectionInitWaitTimeout: deps.initTimeoutMs,
    async onConnect({ connectionParams, extra, subscriptions }) {
      try {
        const client = readConnectionInit(connectionParams ?? {});
        const identity = await identify({
          authorization: client.authorization,
          headers: extra.request.headers,
          via: 'WebSocket',
        });
        // Left while the token was looked at: nobody would stop its timer, which keeps all of the socket.
        if (extra.isClosed) return false;
        extra.session = {
          ...client,
          identity,
          awaited: subscriptions,
          stopExpiry: whenExpired(identity.expiresAt, () => extra.close(CloseCode.Forbidden, EXPIRED)),
        };
        return true;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        extra.close(error.retryable ? 1013 : CloseCode.Forbidden, error.message);
        // Never answered: the socket is closed already, and `false` would only close it again.
        return false;
      }
    },
    async onSubscribe({ extra }, id, payload) {
      const requestId = randomUUID();
      const left = new Cancellation();
      try {
        const call = toSocketCall(extra, payload, {
          requestId,
          signal: left,
          engine: engine(),
          trustedProxies: deps.trustedProxies,
        });
        if (extra.running.size >= deps.maxOperations) throw tooMany(deps.maxOperations);
        const outcome = await counted(extra, { id, left }, () => run(call));
        return left.aborted ? await neverMind(outcome) : preparedArgs(call, outcome);
      } catch (error) {
        const { errors } = refusalOf(error, requestId, logger);
        return left.aborted ? neverMind() : errors;
      }
    },
    execute: runCall,
    subscribe: runCall,
    async onClose({ extra }) {
      extra.isClosed = true;
      extra.session?.stopExpiry();
      for (const { left } of extra.running) left.abort();
    },
  });
}

const EXPIRED = 'The access token has expired. Connect again with a fresh one.';

const tooMany = (most: number): Refusal =>
  refuse(
    'RATE_LIMITED',
    `A socket runs at most ${most} operations at once (sockets.maxOperations). Wait for one to end.`,
  );

/**
 * Tells operations under way that their client does not wait for them any more. graphql-ws does so for streams only:
 * of a query it merely drops the answer. Call it whenever the client has said something.
 */
export function leaveCompleted({ session, running }: SocketExtra): void {
  if (!session) return;
  for (const { id, left } of running) if (!(id in session.awaited)) left.abort();
}

/**
 * Answers nothing, ever: by now the id may be that of another operation of the client, which graphql-ws would take the
 * answer for.
 */
async function neverMind(outcome?: OperationOutcome): Promise<never> {
  if (outcome && isStream(outcome)) await outcome[Symbol.asyncIterator]().return?.();
  return new Promise(() => {});
}

/** Counts an operation for as long as it, or its stream, runs. */
async function counted(
  { running }: SocketExtra,
  operation: RunningOperation,
  run: () => Promise<OperationOutcome>,
): Promise<OperationOutcome> {
  const end = (): void => {
    running.delete(operation);
  };
  running.add(operation);
  try {
    const outcome = await run();
    if (isStream(outcome)) return whenEnded(outcome, end);
    end();
    return outcome;
  } catch (error) {
    end();
    throw error;
  }
}

interface PreparedCall {
  readonly outcome: OperationOutcome;
}

/** graphql-ws wants arguments for graphql-js; it only reads the document, to tell subscriptions from the rest. */
function preparedArgs(call: OperationCall, outcome: OperationOutcome): ExecutionArgs {
  const prepared: PreparedCall = { outcome };
  return {
    schema: call.engine.supergraph.api.schema,
    document: call.operation?.document ?? { kind: 'Document' as never, definitions: [] },
    ...(call.operation?.name === undefined ? {} : { operationName: call.operation.name }),
    contextValue: prepared,
  };
}
