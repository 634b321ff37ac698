import type { AddressInfo, Server } from 'node:net';

/**
 * Begins to listen.
 *
 * @param port 0 takes a free one
 * @returns the port
 * @throws the system's error if the port or the address cannot be had
 * @example const port = await listen(server, { host: '127.0.0.1', port: 0 });
 */
export async function listen(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  // A TCP server's address is never a string.
  return (server.address() as AddressInfo).port;
}
