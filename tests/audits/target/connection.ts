import { connect } from 'node:net';

/** A TCP connection that does nothing by itself: it does not even read, unless told to. */
export interface Connection {
  write(bytes: string | Buffer): void;
  /** Says that nothing more will be written. */
  finish(): void;
  /** Reads to the end. @returns what came */
  ended(): Promise<string>;
  destroy(): void;
}

export function openConnection(port: number): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      // Being cut is what these connections are for.
      socket.on('error', () => {});
      socket.pause();
      resolve({
        write: (bytes) => {
          if (socket.writable) socket.write(bytes);
        },
        finish: () => void socket.end(),
        ended: () =>
          new Promise((ended) => {
            let text = '';
            socket.on('data', (chunk) => (text += chunk.toString()));
            socket.once('close', () => ended(text));
            if (socket.destroyed) ended(text);
            socket.resume();
          }),
        destroy: () => socket.destroy(),
      });
    });
  });
}
