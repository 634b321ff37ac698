import type { Socket } from 'node:net';
import type { Fault } from './faulty-link.js';

/** A whole HTTP answer with any body, and headers that may contradict it. */
export const answers =
  (body: string, { status = '200 OK', headers = '' }: { status?: string; headers?: string } = {}): Fault =>
  (socket) => {
    const length = /content-length|transfer-encoding/i.test(headers)
      ? ''
      : `content-length: ${Buffer.byteLength(body)}\r\n`;
    socket.write(`HTTP/1.1 ${status}\r\ncontent-type: application/json\r\n${length}${headers}\r\n${body}`);
  };

/** The same as JSON. */
export const answersJson = (value: unknown): Fault => answers(JSON.stringify(value));

export const neverAnswers: Fault = () => {};
export const hangsUp: Fault = (socket) => socket.destroy();
export const garbage: Fault = (socket) => socket.end(Buffer.from([0, 1, 2, 255, 13, 10, 13, 10, 7]));

/** Begins an answer and hangs up in the middle of its body. */
export const closesMidBody: Fault = (socket) =>
  socket.end('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{"data":{"product":{"na');

/** The same with a body in chunks. */
export const closesMidChunk: Fault = (socket) =>
  socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n64\r\n{"data":{"product":{"na');

/** Headers without an end, as fast as they are taken. */
export const endlessHeaders: Fault = (socket) => {
  socket.write('HTTP/1.1 200 OK\r\n');
  pour(socket, `x-filler: ${'x'.repeat(8_000)}\r\n`);
};

/** A body without an end, as fast as it is taken. */
export const endlessBody: Fault = (socket) => {
  socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
  pour(socket, `10000\r\n${'x'.repeat(0x10000)}\r\n`);
};

/** An answer that never stands still and never gets anywhere. */
export const trickles: Fault = (socket) => {
  socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n');
  const timer = setInterval(() => socket.write(' '), 10);
  socket.once('close', () => clearInterval(timer));
};

function pour(socket: Socket, text: string): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(text));
  };
  socket.on('drain', more);
  more();
}
