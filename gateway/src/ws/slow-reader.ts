import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';

/** How much may wait to be sent to one client before nothing more is read from it, in bytes. */
const MOST_WAITING = 1_048_576;

/**
 * Reads nothing more from a client that does not read its answers, until it does: pings are answered each by itself,
 * and the answers to a flood of them would pile up.
 */
export function pauseSlowReader(socket: WebSocket, connection: Socket): void {
  const look = (): void => {
    if (socket.bufferedAmount <= MOST_WAITING || socket.isPaused) return;
    socket.pause();
    connection.once('drain', () => socket.resume());
  };
  socket.on('message', look);
  socket.on('ping', look);
}
