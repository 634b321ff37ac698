import { connect as connectTcp, isIP, type OnReadOpts, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { atTurnEnd } from '../../event-loop/at-turn-end.js';
import { createAnswerReader, type RawAnswer } from './answer-reader.js';
import { UnreadableAnswer } from './unreadable-answer.js';

/** Where to connect. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly isSecure: boolean;
  /** Whose certificate the other side must show. @default the host */
  readonly servername?: string;
}

/** Why an exchange ended without an answer. */
export class LostConnection extends Error {
  /**
   * True if the other side surely did nothing: nothing of an answer came, and the connection had been idle before, so
   * that it was most likely closed by then.
   */
  readonly mayRepeat: boolean;

  constructor(message: string, mayRepeat: boolean, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'LostConnection';
    this.mayRepeat = mayRepeat;
  }
}

export interface ConnectionEvents<Work> {
  /** The answer to the last request is whole; the connection is free. */
  readonly onAnswer: (connection: Connection<Work>, answer: RawAnswer) => void;
  /**
   * The connection is gone; whoever waits for an answer does not get one.
   *
   * @param isUnsent true if the last request never left, since the other side had closed the connection by then
   */
  readonly onGone: (connection: Connection<Work>, reason: LostConnection, isUnsent: boolean) => void;
}

/** One kept-alive connection: one request at a time. */
export interface Connection<Work> {
  /** What it is used for now, by whoever uses it. */
  work: Work | undefined;
  readonly openedAt: number;
  /** False once it is being closed, from whichever side. */
  readonly isUsable: boolean;
  /** When it became free, in milliseconds of `performance.now()`. */
  freeSince: number;
  /** Takes a request; it leaves at the end of this turn of the event loop, unless the connection is gone by then. */
  send(text: string, encoding: 'latin1' | 'utf8'): void;
  /** Ends it at once. `onGone` is still called. */
  destroy(reason?: string): void;
}

/**
 * What arrives on connections without TLS, whichever: it is read at once, and costs no buffer of its own and none of
 * the work of a stream. TLS has a stream's buffers anyway.
 */
const arrived = Buffer.allocUnsafeSlow(65_536);

/** Opens a connection; names are resolved anew each time. */
export function openConnection<Work>(
  { host, port, isSecure, servername = host }: Endpoint,
  bodyLimit: number,
  { onAnswer, onGone }: ConnectionEvents<Work>,
): Connection<Work> {
  const onread: OnReadOpts = {
    buffer: arrived,
    callback(size) {
      read(() => reader.feed(arrived.subarray(0, size)));
      return true;
    },
  };
  const socket: Socket = isSecure
    ? connectTls({
        host,
        port,
        // Certificates name hosts; an address is not sent as a name.
        ...(isIP(servername) === 0 ? { servername } : {}),
        ALPNProtocols: ['http/1.1'],
      })
    : connectTcp({ host, port, onread });
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 30_000);
  const reader = createAnswerReader(bodyLimit);
  let uses = 0;
  let written = 0;
  /** From the moment its request is written: what comes before answers nothing. */
  let isWaiting = false;
  let lost: LostConnection | undefined;

  const answered = (answer: RawAnswer): void => {
    isWaiting = false;
    connection.freeSince = performance.now();
    if (!answer.keepsAlive || reader.hasRest) socket.destroy();
    onAnswer(connection, answer);
  };
  const read = (take: () => RawAnswer | undefined): void => {
    try {
      const answer = take();
      // Whoever speaks unasked cannot be trusted to answer the next question.
      if (answer && isWaiting) answered(answer);
      else if (!isWaiting) socket.destroy();
    } catch (error) {
      if (!(error instanceof UnreadableAnswer)) throw error;
      lost = new LostConnection(`the answer cannot be read: ${error.message}`, false, error);
      socket.destroy();
    }
  };
  if (isSecure) socket.on('data', (chunk: Buffer) => read(() => reader.feed(chunk)));
  socket.on('end', () => {
    read(() => reader.end());
    socket.destroy();
  });
  socket.on('error', (error) => {
    lost ??= new LostConnection(error.message, uses > 1 && !reader.hasBegun, error);
  });
  socket.once('close', () =>
    onGone(
      connection,
      lost ?? new LostConnection('the connection was closed before the answer', uses > 1 && !reader.hasBegun),
      // A new one that fails has not been closed: it has never been open.
      uses > 1 && written < uses,
    ),
  );

  const connection: Connection<Work> = {
    work: undefined,
    openedAt: performance.now(),
    freeSince: performance.now(),
    get isUsable() {
      return !socket.destroyed && socket.writable;
    },
    send(text, encoding) {
      uses += 1;
      atTurnEnd(() => {
        if (socket.destroyed) return;
        written += 1;
        isWaiting = true;
        socket.write(text, encoding);
      });
    },
    destroy(reason) {
      if (reason !== undefined) lost ??= new LostConnection(reason, false);
      socket.destroy();
    },
  };
  return connection;
}
