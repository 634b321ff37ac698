import { connect } from 'node:net';

/**
 * Sends bytes as they are, and collects what comes back until the server closes or falls silent: for requests that
 * no HTTP client would send.
 */
export function sendRaw(port: number, text: string | Buffer, quietMs = 15_000): Promise<string> {
  return new Promise((resolve) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.setTimeout(quietMs, () => socket.destroy());
    socket.on('data', (chunk) => (received += chunk.toString()));
    socket.on('error', () => {});
    socket.on('close', () => resolve(received));
  });
}
