import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type HttpRoute, respondError } from '@souk/kit/subgraph';

/** A subgraph's routes beside GraphQL, on a port of their own; what is at none of them is a 404. */
export async function serveRoutes(
  routes: () => readonly HttpRoute[],
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://routes');
    const route = routes().find(({ path }) =>
      path.endsWith('/') ? pathname.startsWith(path) : pathname === path,
    );
    if (!route) return void response.writeHead(404).end();
    Promise.resolve(route.handle(request, response)).catch((error: unknown) => respondError(response, error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a string.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
