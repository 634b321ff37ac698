import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { MongoError } from './errors.js';
import { execute, type ExecuteDependencies } from './commands/execute.js';
import { fail } from './commands/reply.js';
import { FrameReader, ProtocolError } from './wire/frames.js';
import { writeReply } from './wire/reply.js';
import { readRequest, requestIdOf } from './wire/request.js';

/** A listening server. */
export interface Listening {
  readonly port: number;
  /** Stops accepting, and ends every connection once its command under way has been answered. */
  close(): Promise<void>;
}

/** Serves the wire protocol on a TCP port. */
export async function listen(host: string, port: number, deps: ExecuteDependencies): Promise<Listening> {
  const connections = new Set<Connection>();
  let lastConnection = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    const connection = new Connection(socket, ++lastConnection, deps);
    connections.add(connection);
    socket.once('close', () => {
      connections.delete(connection);
      deps.writes.releaseOf(connection.id);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return { port: (server.address() as AddressInfo).port, close: () => closeAll(server, connections, deps) };
}

async function closeAll(
  server: Server,
  connections: ReadonlySet<Connection>,
  { writes }: ExecuteDependencies,
): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  writes.releaseAll();
  await Promise.all([...connections].map((connection) => connection.end()));
  await closed;
}

/** One client: its messages are answered one after the other. */
class Connection {
  private readonly socket: Socket;
  readonly id: number;
  private readonly deps: ExecuteDependencies;
  private readonly frames = new FrameReader();
  private readonly waiting: Buffer[] = [];
  private busy: Promise<void> | undefined;

  constructor(socket: Socket, id: number, deps: ExecuteDependencies) {
    this.socket = socket;
    this.id = id;
    this.deps = deps;
    socket.on('data', (chunk) => this.receive(chunk));
    socket.on('error', () => socket.destroy());
  }

  async end(): Promise<void> {
    this.waiting.length = 0;
    await this.busy;
    this.socket.destroy();
  }

  private receive(chunk: Buffer): void {
    try {
      for (const message of this.frames.push(chunk)) this.waiting.push(message);
    } catch (error) {
      this.hangUp(error);
      return;
    }
    this.busy ??= this.work().finally(() => (this.busy = undefined));
  }

  private async work(): Promise<void> {
    for (let message = this.waiting.shift(); message !== undefined; message = this.waiting.shift()) {
      try {
        const answer = this.answer(message);
        const bytes = answer instanceof Promise ? await answer : answer;
        if (bytes !== undefined && this.socket.writable) this.socket.write(bytes);
      } catch (error) {
        this.hangUp(error);
      }
    }
  }

  private answer(message: Buffer): Promise<Buffer | undefined> | Buffer | undefined {
    try {
      const request = readRequest(message);
      const write = (reply: Parameters<typeof writeReply>[1]): Buffer | undefined =>
        request.wantsReply ? writeReply(request, reply) : undefined;
      const reply = execute(request, this.id, this.deps);
      return reply instanceof Promise ? reply.then(write) : write(reply);
    } catch (error) {
      if (!(error instanceof MongoError)) throw error;
      return writeReply({ requestId: requestIdOf(message), protocol: 'msg' }, fail(error));
    }
  }

  private hangUp(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    if (!(error instanceof ProtocolError)) this.deps.logger.error({ err: error }, 'a connection failed');
    else
      this.deps.logger.warn(
        { reason },
        'the embedded MongoDB server closed a connection that sent something else',
      );
    this.waiting.length = 0;
    this.socket.destroy();
  }
}
