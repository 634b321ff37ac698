import { type AddressInfo, createServer } from 'node:net';

/** A port on 127.0.0.1 that was free a moment ago. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      // A TCP server's address is never a string.
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
