import { type ChildProcess, spawn } from 'node:child_process';

/** Inventory of the tiny shop as a process of its own, to be killed and frozen. */
export interface SubgraphProcess {
  readonly port: number;
  readonly url: string;
  kill(): Promise<void>;
  /** Suspends it: its connections stay, and nothing is answered. */
  freeze(): void;
  thaw(): void;
}

/** As little as answers `_entities { stock }`; the whole kit would take seconds to load. */
const PROGRAM = `
  import { createServer } from 'node:http';
  const stock = Number(process.argv[1]);
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (text) => (body += text));
    request.on('end', () => {
      if (request.url === '/ready') return response.end('{}');
      const { representations = [] } = JSON.parse(body).variables ?? {};
      response.end(JSON.stringify({ data: { _entities: representations.map(() => ({ stock })) } }));
    });
  });
  server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log(server.address().port));
`;

/** @param options.port to come back under the same address @default a free one */
export async function startSubgraphProcess(
  stock: number,
  options: { readonly port?: number } = {},
): Promise<SubgraphProcess> {
  const args = ['--input-type=module', '--eval', PROGRAM, String(stock), String(options.port ?? 0)];
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the subgraph ended with ${code}`)));
    child.stdout?.once('data', (text: Buffer) => resolve(Number(text.toString())));
  });
  return {
    port,
    url: `http://127.0.0.1:${port}/graphql`,
    async kill() {
      // Ends a frozen one, too.
      child.kill('SIGKILL');
      await ended;
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
  };
}
