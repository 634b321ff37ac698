import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { sendJson } from './write.js';

/** Requests of one connection that may wait for those before them. */
const MOST_WAITING = 32;

/**
 * Handles requests that come on one connection without waiting for the answer (pipelining) one after the other. Node
 * would begin them all, and one client could keep everybody's subgraphs busy without ever reading an answer.
 */
export function inTurn(listener: RequestListener): RequestListener {
  const waiting = new WeakMap<Socket, number>();
  return (request, response) => {
    // A response has no socket as long as another one has it.
    if (response.socket !== null) return listener(request, response);
    const { socket } = request;
    const before = waiting.get(socket) ?? 0;
    // Answers that are not read stop Node from reading more.
    if (before >= MOST_WAITING) return sendJson(response, 429, { error: TOO_MANY });
    waiting.set(socket, before + 1);
    response.once('socket', () => {
      waiting.set(socket, (waiting.get(socket) ?? 1) - 1);
      listener(request, response);
    });
  };
}

const TOO_MANY = `More than ${MOST_WAITING} requests wait on this connection. Read their answers first.`;
