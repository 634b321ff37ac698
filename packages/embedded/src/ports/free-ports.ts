import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Where to look: below the ports that systems give to whoever asks for any (Linux from 32768, others from 49152).
 * One of those may be somebody's the moment it was found free, for example that of an outgoing connection.
 */
const FIRST = 20_000;
const LAST = 32_767;

/** What was given away already: whoever got a port may not listen on it yet. */
const given = new Set<number>();
const MOST_GIVEN = (LAST - FIRST) / 2;

/**
 * Different ports on 127.0.0.1 that were free a moment ago, and that nobody gets by chance. This process gets none
 * of them again soon.
 *
 * @example const [gateway, orders] = await freePorts(2);
 */
export async function freePorts(count: number): Promise<number[]> {
  const found: number[] = [];
  while (found.length < count) {
    const port = randomInt(FIRST, LAST + 1);
    if (given.has(port) || found.includes(port)) continue;
    if (given.size > MOST_GIVEN) given.clear();
    given.add(port);
    if (await isFree(port)) found.push(port);
  }
  return found;
}

/** One of {@link freePorts}. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error('freePorts(1) finds one port.');
  return port;
}

/** Whether a server could listen there on 127.0.0.1 now. */
export const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
