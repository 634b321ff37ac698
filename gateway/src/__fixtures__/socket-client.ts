import WebSocket from 'ws';

export interface SocketMessage {
  readonly id?: string;
  readonly type: string;
  readonly payload?: unknown;
}

/** A graphql-transport-ws client that shows every message, so that tests see what a socket really does. */
export interface SocketClient {
  readonly socket: WebSocket;
  /** The next message that is not a ping, in order of arrival. */
  next(): Promise<SocketMessage>;
  send(message: object): void;
  subscribe(id: string, query: string, variables?: object): void;
  /** How the server closed the socket. */
  readonly closed: Promise<{ code: number; reason: string }>;
  close(): void;
}

/** Connects, and sends `connection_init` unless told not to. */
export async function openSocket(
  port: number,
  options: { init?: object | false; headers?: Record<string, string>; protocol?: string } = {},
): Promise<SocketClient> {
  const { init = {}, headers = {}, protocol = 'graphql-transport-ws' } = options;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, protocol, { headers });
  const messages: SocketMessage[] = [];
  const waiting: ((message: SocketMessage) => void)[] = [];
  socket.on('message', (data) => {
    // Text frames arrive as a Buffer, and the gateway only sends protocol messages.
    const message = JSON.parse((data as Buffer).toString()) as SocketMessage;
    const reader = waiting.shift();
    if (reader) reader(message);
    else messages.push(message);
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  socket.on('error', () => {});
  const send = (message: object): void => socket.send(JSON.stringify(message));
  const client: SocketClient = {
    socket,
    closed,
    send,
    next: () =>
      new Promise((resolve) => {
        const message = messages.shift();
        if (message) resolve(message);
        else waiting.push(resolve);
      }),
    subscribe: (id, query, variables) => send({ id, type: 'subscribe', payload: { query, variables } }),
    close: () => socket.close(),
  };
  if (init !== false) send({ type: 'connection_init', payload: init });
  return client;
}
