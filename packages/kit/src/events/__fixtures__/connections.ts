import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from '../../log/logger.js';
import type { EventLog } from '../event-log.js';
import { eventsRoute } from '../events-route.js';
import { createInProcessTransport } from '../in-process-transport.js';
import { createPullTransport } from '../pull-transport.js';
import type { TransportProbe } from '../transport.contract.js';
import { createUnrulyTransport } from '../unruly-transport.js';

export const SECRET = 'a-test-secret-of-at-least-32-characters';

/** In one process. */
export const inProcess = (logger: Logger) => async () => ({
  transport: createInProcessTransport({ logger, maxBackoffMs: 100, redeliverEveryMs: 50 }),
  close: async () => {},
});

/** Whatever `connect` joins, shuffled, repeated and held back. */
export const unruly = (connect: TransportProbe['connect']) => async (log: EventLog) => {
  const { transport, close } = await connect(log);
  const options = { seed: 7, duplicated: 0.5, delayed: 0.4, maxDelayMs: 100 };
  return { transport: createUnrulyTransport(transport, options), close };
};

/** Over a real HTTP server that serves the log. */
export const pull = (owner: string, logger: Logger) => async (log: EventLog) => {
  const served = await serveEvents(log, owner, logger);
  const transport = createPullTransport({
    urlOf: () => served.url,
    secret: SECRET,
    logger,
    maxBackoffMs: 100,
    redeliverEveryMs: 50,
  });
  return { transport, close: served.close };
};

export async function serveEvents(log: EventLog, owner: string, logger: Logger) {
  const route = eventsRoute(log, { secret: SECRET, audience: owner, logger });
  const server = createServer((request, response) => void route.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    // A server that listens on TCP has an AddressInfo.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
