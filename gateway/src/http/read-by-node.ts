import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Lets Node's HTTP read a connection from here on, first the bytes that somebody else has read already. */
export type ReadByNode = (socket: Socket, bytes: Buffer) => void;

/**
 * What Node does with each new connection of a server, for connections that begin with somebody else.
 *
 * @param server one that was created just now: its only listener for connections is its own
 */
export function nodesHttp(server: Server): {
  readonly listener: (socket: Socket) => void;
  readonly read: ReadByNode;
} {
  const [listener, ...others] = server.listeners('connection') as ((socket: Socket) => void)[];
  if (!listener || others.length > 0)
    throw new Error('The server must be new: somebody listens for its connections.');
  return {
    listener,
    read(socket, bytes) {
      // The stream stands still while others come to listen to it.
      socket.pause();
      socket.unshift(bytes);
      listener.call(server, socket);
      process.nextTick(() => socket.resume());
    },
  };
}
