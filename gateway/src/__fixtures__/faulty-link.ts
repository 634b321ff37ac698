import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** What becomes of a request that arrived whole, in place of an answer of the subgraph. */
export type Fault = (socket: Socket) => void;

/** The way to a subgraph, byte by byte: passes everything on until it is told to misbehave. */
export interface FaultyLink {
  readonly port: number;
  readonly url: string;
  /** What happens to requests from now on; undefined passes them on. */
  fault: Fault | undefined;
  /** Requests that met a fault. */
  readonly faulted: number;
  /** Connections that are open now. */
  readonly open: number;
  /** Breaks every connection. */
  cut(): void;
  stop(): Promise<void>;
}

/** @param target port of the subgraph on this machine */
export async function openFaultyLink(target: number): Promise<FaultyLink> {
  const clients = new Set<Socket>();
  let faulted = 0;
  const server = createServer((client) => {
    clients.add(client);
    let subgraph: Socket | undefined;
    let request = Buffer.alloc(0);
    const passOn = (bytes: Buffer): void => {
      subgraph ??= pipedBack(target, client);
      subgraph.write(bytes);
    };
    client.on('data', (bytes) => {
      if (!link.fault) return passOn(bytes);
      request = Buffer.concat([request, bytes]);
      if (!isWhole(request)) return;
      request = Buffer.alloc(0);
      faulted += 1;
      link.fault(client);
    });
    client.on('error', () => {});
    client.on('close', () => {
      clients.delete(client);
      subgraph?.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a string.
  const { port } = server.address() as AddressInfo;
  const cut = (): void => clients.forEach((client) => client.destroy());
  const link = {
    port,
    url: `http://127.0.0.1:${port}/graphql`,
    fault: undefined as Fault | undefined,
    get faulted() {
      return faulted;
    },
    get open() {
      return clients.size;
    },
    cut,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
  return link;
}

function pipedBack(target: number, client: Socket): Socket {
  const subgraph = connect(target, '127.0.0.1');
  subgraph.on('data', (bytes) => client.write(bytes));
  subgraph.on('error', () => {});
  subgraph.on('close', () => client.destroy());
  return subgraph;
}

/** The gateway always says how long its body is. */
function isWhole(request: Buffer): boolean {
  const end = request.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /content-length: (\d+)/i.exec(request.toString('latin1', 0, end))?.[1] ?? '0';
  return request.length >= end + 4 + Number(length);
}
