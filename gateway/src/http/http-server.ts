import { createServer, type RequestListener, type Server } from 'node:http';

/**
 * A server that does not wait for ever: slow headers are cut after 10 s, slow bodies after 20 s, and the check for
 * both runs every 2 s (Node's default of 30 s would double the wait).
 */
export function createHttpServer(listener: RequestListener): Server {
  return createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 20_000,
      connectionsCheckingInterval: 2_000,
      keepAliveTimeout: 65_000,
      maxHeaderSize: 16_384,
    },
    listener,
  );
}

/**
 * Stops accepting, lets requests in flight finish for a while, then cuts what is left. Idle kept-alive connections
 * are closed at once.
 */
export async function drain(server: Server, graceMs: number): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  // Connections become idle one by one as their answers end; Node closes them only when asked.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}
