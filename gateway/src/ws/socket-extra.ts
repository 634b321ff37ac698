import type { IncomingMessage } from 'node:http';
import type { Cancellation } from '@souk/kit/lifecycle';
import type { Identity } from '../identity/identity.js';
import type { SocketClient } from './connection-init.js';

/** What belongs to one socket. */
export interface SocketExtra {
  readonly request: IncomingMessage;
  readonly close: (code: number, reason: string) => void;
  /** Set once `connection_init` was accepted. */
  session?: SocketSession;
  /** Set once the socket has closed. */
  isClosed?: true;
  /** Operations under way; one that the client has left counts until it has ended. */
  readonly running: Set<RunningOperation>;
}

/** One operation under way. */
export interface RunningOperation {
  /** What its client calls it. */
  readonly id: string;
  /** Told when the client does not wait for it any more: it said so, or is gone. */
  readonly left: Cancellation;
}

export interface SocketSession extends SocketClient {
  readonly identity: Identity;
  readonly stopExpiry: () => void;
  /** What graphql-ws knows of what the client waits for, by id. */
  readonly awaited: Readonly<Record<string, unknown>>;
}
