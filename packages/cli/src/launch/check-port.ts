import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { ClearError, systemCode } from '../clear-error.js';

/**
 * Makes sure that the shop will be able to listen, before anything is started for it.
 *
 * @param patienceMs how long to wait for a taken port: what a killed shop left behind ends on its own
 * @throws ClearError that says what to change
 */
export async function checkPort(host: string, port: number, patienceMs: number): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    try {
      return await tryPort(host, port);
    } catch (error) {
      if (systemCode(error) !== 'EADDRINUSE' || performance.now() > deadline) {
        throw new ClearError(explain(host, port, systemCode(error) ?? String(error)), { cause: error });
      }
      await delay(100);
    }
  }
}

const tryPort = (host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve()));
  });

function explain(host: string, port: number, code: string): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} on ${host} is taken. Stop what uses it, or set PORT to another one.`;
  if (code === 'EACCES')
    return `Port ${port} needs more rights than this user has. Set PORT to 1024 or more.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `HOST=${host} is no address of this machine. Use 127.0.0.1, or 0.0.0.0 for all addresses.`;
  }
  return `The shop cannot listen on ${host}:${port} (${code}). Set HOST and PORT to an address of this machine.`;
}
