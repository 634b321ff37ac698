import type { IncomingHttpHeaders } from 'node:http';
import type { QueryPlan } from '@apollo/query-planner';
import type { CancelSignal } from '@souk/kit/lifecycle';
import type { RequestContext } from '@souk/kit/subgraph';
import type { ExecutionResult } from 'graphql';
import type { Engine } from '../engine/engine.js';
import type { Identity } from '../identity/identity.js';
import type { CheckedOperation } from './checked-operation.js';
import type { Deadline } from './deadline.js';
import type { GraphqlRequest } from './graphql-request.js';

/** Proof of identity, still to be checked (HTTP) or checked when the connection opened (WebSocket). */
export type Credentials =
  | { readonly kind: 'header'; readonly authorization: string | undefined }
  | { readonly kind: 'verified'; readonly identity: Identity };

/** Which application asks, as it says itself: for logs and metrics, never for decisions about access. */
export interface ClientIdentity {
  readonly name?: string;
  readonly version?: string;
}

/** One operation of one client on its way through the gateway, whatever transport it came by. */
export interface OperationCall {
  readonly request: GraphqlRequest;
  readonly via: 'GET' | 'POST' | 'WebSocket';
  readonly requestId: string;
  readonly client: ClientIdentity;
  readonly clientAddress?: string;
  readonly cartToken?: string;
  readonly credentials: Credentials;
  /** The headers of the HTTP request, or of the one that opened the WebSocket. */
  readonly headers: IncomingHttpHeaders;
  /** What will be added to the HTTP response, name and value; ignored by a WebSocket. */
  readonly responseHeaders: (readonly [name: string, value: string])[];
  /** What will be added to the result as its `extensions`, if anything is in it when the result is sent. */
  readonly extensions: Record<string, unknown>;
  /** Aborted when the client went away. */
  readonly signal: CancelSignal;
  /** The supergraph in force when the call arrived; a reload does not change it under a running call. */
  readonly engine: Engine;
  /** True if the client takes a stream of events for an answer. Never said by a WebSocket, which always does. */
  readonly acceptsStream?: boolean;
  /** What the access log will say in addition. Never tokens. */
  readonly log: Record<string, unknown>;
  /** Set by the `documents` plugin; narrowed by the `authorization` plugin to what the viewer may ask. */
  operation?: CheckedOperation;
  /** Until when the proof of identity holds. Set by the `identity` plugin for those who show one over HTTP. */
  expiresAt?: Date;
  /** Set by the `deadline` plugin for queries and mutations. @default undefined: none */
  deadline?: Deadline;
  /** Set by the `identity` plugin. */
  identity?: Identity;
  /** Set by the `identity` plugin. */
  context?: RequestContext;
  /**
   * All that subgraphs may be sent of this client's headers, as one text: part of every key under which answers are
   * kept or shared. Set by the `headers` plugin, if anything is sent.
   */
  forwarded?: string;
  /** Set by the `cost` plugin. */
  cost?: CallCost;
  /** Set when the operation runs: what subgraphs are asked. */
  plan?: QueryPlan;
  /** Set when it runs: the end of whatever was taken from a cache, in milliseconds since 1970. */
  keptUntil?: number;
  /** Set if its answer is shared, and came with a cookie that another client was given. @default false */
  cookieWithheld?: boolean;
  /** Set when it has run, until its walk ends: what subgraphs answered, joined. Of a subscription, for the latest event. */
  answered?: Readonly<Record<string, unknown>> | undefined;
}

/** What one operation costs. */
export interface CallCost {
  /** The most it can cost, by its document and variables. */
  readonly estimated: number;
  /** What was answered so far. */
  actual(): number;
  /** How often each subgraph was asked; counted only where somebody will read it. */
  readonly fetches?: Map<string, number>;
}

export type OperationOutcome = ExecutionResult | AsyncIterable<ExecutionResult>;

/** One step of an operation's walk: does its part and calls `next` for the rest, or answers itself. */
export type OperationStep = (
  call: OperationCall,
  next: () => OperationOutcome | Promise<OperationOutcome>,
) => OperationOutcome | Promise<OperationOutcome>;

/** Runs an operation through the whole walk. @throws Refusal if it is turned away before it runs. */
export type RunOperation = (call: OperationCall) => Promise<OperationOutcome>;

export const isStream = (outcome: OperationOutcome): outcome is AsyncIterable<ExecutionResult> =>
  Symbol.asyncIterator in outcome;

/**
 * What an earlier step must have set. A plugin never silently needs another: it says so, loudly.
 * @throws Error if the walk is in the wrong order.
 */
export function requireStep<Value>(value: Value | undefined, plugin: string): Value {
  if (value === undefined)
    throw new Error(`The plugin "${plugin}" must come earlier in gateway/src/walk.ts.`);
  return value;
}
