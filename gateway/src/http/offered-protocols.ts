import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ReadByNode } from './read-by-node.js';
import { underWay } from './under-way.js';

/** Somebody wants a WebSocket. The connection is the callee's. */
export type WebSocketListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** What Node gives of a request's headers at most, names and values: whoever sends more is not read again. */
const MOST_HEADER_PARTS = 2_000;

/**
 * Serves offers of a WebSocket. Any other protocol that a client offers to switch to is passed over and its request
 * answered as it is, which HTTP allows (RFC 9110, section 7.8): Java's client, for one, offers HTTP/2 to every address
 * without TLS. Node knows a server that takes all offers or none, so what it took is put together without the offer,
 * and read again. (Its newer `shouldUpgradeCallback` loses what came with such a request: Node 22.23 and 24.21.)
 *
 * @param readByNode of the same server
 */
export function serveOffers(server: Server, readByNode: ReadByNode, onWebSocket: WebSocketListener): void {
  server.on('upgrade', (request, duplex, head) => {
    if (tokensOf(request.headers.upgrade).includes('websocket')) return onWebSocket(request, duplex, head);
    // A server of `node:http` has no other connections.
    const socket = duplex as Socket;
    if (request.rawHeaders.length >= MOST_HEADER_PARTS) return refuse(socket);
    // Nobody else hears of its errors in between.
    socket.on('error', ignore);
    whenAnswered(socket, () => {
      // The client is gone, or the answer before was the last one of the connection: nobody would hear of this one.
      if (!socket.writable) return;
      socket.off('error', ignore);
      socket.setTimeout(0);
      readByNode(socket, Buffer.concat([withoutOffer(request), head]));
    });
  });
}

/** The names in a header that is a list, in small letters. */
const tokensOf = (header: string | undefined): string[] =>
  (header ?? '').split(',').map((token) => token.trim().toLowerCase());

/** Headers that belong to an offer, and not to the request. */
const OFFERING = new Set(['upgrade', 'http2-settings']);

function withoutOffer({ method, url, httpVersion, rawHeaders }: IncomingMessage): Buffer {
  let text = `${method} ${url} HTTP/${httpVersion}\r\n`;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name, value] = [rawHeaders[index] ?? '', rawHeaders[index + 1] ?? ''];
    if (OFFERING.has(name.toLowerCase())) continue;
    const kept = name.toLowerCase() === 'connection' ? withoutNames(value) : value;
    text += `${name}: ${kept}\r\n`;
  }
  // As Node read them: a letter is a byte.
  return Buffer.from(`${text}\r\n`, 'latin1');
}

const withoutNames = (connection: string): string =>
  tokensOf(connection)
    .filter((token) => !OFFERING.has(token))
    .join(', ');

/** Requests that came before on the same connection are answered first. */
function whenAnswered(socket: Socket, next: () => void): void {
  const begun = underWay(socket);
  if (begun) begun.once('close', () => whenAnswered(socket, next));
  else next();
}

const ignore = (): void => {};

function refuse(socket: Socket): void {
  socket.on('error', ignore);
  socket.end(
    'HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n',
    () => socket.destroy(),
  );
}
