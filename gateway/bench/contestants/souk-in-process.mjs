// Souk with its subgraphs in the same process, as `npm start` runs the shop. Bundled before it is started.
import { readFileSync } from 'node:fs';
import { createGateway, inProcessTransport } from '@souk/gateway';
import { createLogger } from '@souk/kit/log';
import { createSubgraph } from '@souk/kit/subgraph';
import { subgraphs } from '../upstream/schemas.mjs';

const { SUPERGRAPH_SDL, PORT } = process.env; // eslint-disable-line no-restricted-properties -- a program of its own
const logger = createLogger({ level: 'silent' });
const apps = Object.entries(subgraphs).map(([name, { sdl, resolvers }]) =>
  createSubgraph({ name, sdl, resolvers, logger, createContext: () => ({}) }),
);
const gateway = createGateway({
  supergraphSdl: readFileSync(SUPERGRAPH_SDL, 'utf8'),
  transports: new Map(apps.map((app) => [app.name, inProcessTransport(app)])),
  logger,
});
await gateway.listen({ host: '127.0.0.1', port: Number(PORT) });
process.once('SIGTERM', () => gateway.stop().then(() => process.exit(0)));
