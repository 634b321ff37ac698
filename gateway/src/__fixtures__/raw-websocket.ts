import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { until } from '@souk/testkit/waiting';

export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** One frame, as it is on the wire. */
export interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
}

/** How a frame that is sent breaks the rules. @default not at all */
export interface FrameShape {
  /** @default true: the last frame of its message */
  readonly fin?: boolean;
  /** Clients must mask what they send. @default true */
  readonly masked?: boolean;
  /** Reserved bits, as 0x40, 0x20 and 0x10. @default 0 */
  readonly reserved?: number;
  /** The length that the frame says it has. @default the true one */
  readonly claimedLength?: number;
}

/** The bytes of one frame from a client. */
export function encodeFrame(opcode: number, payload: Buffer | string, shape: FrameShape = {}): Buffer {
  const { fin = true, masked = true, reserved = 0 } = shape;
  const bytes = Buffer.from(payload);
  const length = shape.claimedLength ?? bytes.length;
  const header = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  header[0] = (fin ? 0x80 : 0) | reserved | opcode;
  if (header.length === 2) header[1] = length;
  else if (header.length === 4) header.writeUInt16BE(length, 2);
  else header.writeBigUInt64BE(BigInt(length), 2);
  if (header.length > 2) header[1] = header.length === 4 ? 126 : 127;
  if (!masked) return Buffer.concat([header, bytes]);
  header[1] = (header[1] ?? 0) | 0x80;
  // Any will do; always the same one makes failures repeatable.
  const mask = Buffer.from([0x5a, 0x0f, 0xc3, 0x81]);
  return Buffer.concat([header, mask, bytes.map((byte, at) => byte ^ (mask[at % 4] ?? 0))]);
}

/** A WebSocket written by hand over TCP: it sends what no client library would, and hides nothing of what comes. */
export interface RawWebSocket {
  /** The server's answer to the upgrade, up to the empty line. */
  readonly handshake: string;
  write(bytes: Buffer | string): void;
  send(message: unknown, shape?: FrameShape): void;
  /** The next frame of the server; undefined once the connection has ended. */
  nextFrame(): Promise<Frame | undefined>;
  /** The next text frame, parsed; frames of other kinds are left out. */
  next(): Promise<unknown>;
  /** Reads on to the end. @returns code and reason of the server's close frame; code 0 if it sent none */
  closed(): Promise<{ readonly code: number; readonly reason: string }>;
  /** Says that nothing more will be written. */
  finish(): void;
  end(): void;
}

export interface RawWebSocketOptions {
  /** @default GET */
  readonly method?: string;
  readonly path?: string;
  /** @default graphql-transport-ws; null sends no such header */
  readonly protocol?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function openRawWebSocket(
  port: number,
  options: RawWebSocketOptions = {},
): Promise<RawWebSocket> {
  const { method = 'GET', path = '/graphql', protocol = 'graphql-transport-ws', headers = {} } = options;
  const socket = connect(port, '127.0.0.1');
  let received = Buffer.alloc(0);
  let ended = false;
  socket.on('data', (chunk) => (received = Buffer.concat([received, chunk])));
  socket.on('error', () => {});
  socket.on('close', () => (ended = true));
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    'connection: Upgrade',
    'upgrade: websocket',
    'sec-websocket-version: 13',
    `sec-websocket-key: ${randomBytes(16).toString('base64')}`,
    ...(protocol === null ? [] : [`sec-websocket-protocol: ${protocol}`]),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  await until(() => ended || received.includes('\r\n\r\n'));
  const end = received.indexOf('\r\n\r\n');
  const handshake = received.subarray(0, end).toString();
  received = received.subarray(end + 4);

  const takeFrame = (): Frame | undefined => {
    const [, second] = received;
    if (second === undefined) return undefined;
    const short = second & 0x7f;
    const start = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (received.length < start) return undefined;
    const length =
      short < 126 ? short : short === 126 ? received.readUInt16BE(2) : Number(received.readBigUInt64BE(2));
    if (received.length < start + length) return undefined;
    const frame = { opcode: (received[0] ?? 0) & 0x0f, payload: received.subarray(start, start + length) };
    received = received.subarray(start + length);
    return frame;
  };
  const nextFrame = async (): Promise<Frame | undefined> => {
    let frame: Frame | undefined;
    await until(() => (frame = takeFrame()) !== undefined || ended);
    return frame;
  };
  const raw: RawWebSocket = {
    handshake,
    nextFrame,
    write: (bytes) => void socket.write(bytes),
    send: (message, shape) => {
      const text = typeof message === 'string' ? message : JSON.stringify(message);
      socket.write(encodeFrame(OPCODE.text, text, shape));
    },
    async next() {
      for (;;) {
        const frame = await nextFrame();
        if (!frame) return undefined;
        if (frame.opcode === OPCODE.text) return JSON.parse(frame.payload.toString()) as unknown;
      }
    },
    async closed() {
      for (;;) {
        const frame = await nextFrame();
        if (!frame) return { code: 0, reason: '' };
        if (frame.opcode !== OPCODE.close) continue;
        socket.end(encodeFrame(OPCODE.close, frame.payload));
        const { payload } = frame;
        return payload.length < 2
          ? { code: 1005, reason: '' }
          : { code: payload.readUInt16BE(0), reason: payload.subarray(2).toString() };
      }
    },
    finish: () => void socket.end(),
    end: () => socket.destroy(),
  };
  return raw;
}
