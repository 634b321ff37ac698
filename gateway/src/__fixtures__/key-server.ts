import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An issuer's web server: keys at `/keys`, discovery at `/.well-known/openid-configuration`. */
export interface KeyServer {
  readonly url: string;
  /** Paths that were asked for, the newest last. */
  readonly asked: readonly string[];
  /** What stands at a path; undefined never answers, a number is a status. */
  readonly pages: Map<string, unknown>;
  stop(): void;
}

export async function startKeyServer(): Promise<KeyServer> {
  const asked: string[] = [];
  const pages = new Map<string, unknown>();
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const page = pages.has(url) ? pages.get(url) : 404;
    if (page === undefined) return;
    if (typeof page === 'number') response.writeHead(page).end();
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(page));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a string.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    pages,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
