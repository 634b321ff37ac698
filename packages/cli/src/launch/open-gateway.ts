import path from 'node:path';
import type * as GatewayModule from '@souk/gateway';
import type { Kv } from '@souk/kit/kv';
import type { ServiceApp } from '../services/service.js';
import { visitable } from './address.js';
import { CLIENT, OPERATIONS, PLAYGROUND, ifThere } from './built-folders.js';
import { composed } from './composed.js';
import { LOCAL_ISSUER } from './local-issuer.js';
import type { Ground } from './start-shop.js';
import { untilReady } from './until-ready.js';

/** What a gateway may take to stop once its last request has ended, in milliseconds. */
const STOP_MARGIN_MS = 7_000;

/** Composes the apps, and serves the graph and everything beside it on the configured port. */
export async function openGateway(
  code: Pick<
    typeof GatewayModule,
    'composeSupergraph' | 'createGateway' | 'environment' | 'gatewaySettings' | 'inProcessTransport'
  >,
  apps: readonly ServiceApp[],
  {
    config,
    dataDir,
    logger,
    parts,
    signal,
    kv,
  }: Pick<Ground, 'config' | 'dataDir' | 'logger' | 'parts' | 'signal'> & {
    readonly kv: Kv;
  },
): Promise<{ readonly url: string }> {
  const gateway = code.createGateway({
    supergraphSdl: await composed(apps, dataDir, code.composeSupergraph),
    transports: new Map(apps.map((app) => [app.name, code.inProcessTransport(app)])),
    eventLogs: ({ name }) => apps.find((app) => app.name === name)?.events,
    logger,
    kv,
    options: await code.gatewaySettings({
      file: config.GATEWAY_CONFIG,
      environment: code.environment,
      defaults: await ownOperations(dataDir),
    }),
    issuers: apps.flatMap(({ jwks }) => (jwks === undefined ? [] : [{ issuer: LOCAL_ISSUER, jwks }])),
    routes: apps.flatMap((app) => app.routes),
    clientDir: await ifThere(CLIENT),
    playgroundDir: await ifThere(PLAYGROUND),
  });
  parts.push({ name: 'gateway', timeoutMs: gateway.stopMs + STOP_MARGIN_MS, stop: () => gateway.stop() });
  const { port } = await gateway.listen({ host: config.HOST, port: config.PORT });
  const url = `http://${visitable(config.HOST)}:${port}`;
  await untilReady(url, signal);
  signal.throwIfAborted();
  return { url };
}

/** Plans are kept with the data; what the client asks is planned before it asks, and known by its hash. */
async function ownOperations(
  dataDir: string,
): Promise<Pick<GatewayModule.GatewayOptions, 'planning' | 'persistedOperations'>> {
  const planning = { folder: path.join(dataDir, 'cache') };
  const manifest = await ifThere(OPERATIONS);
  return manifest === undefined
    ? { planning }
    : { planning: { ...planning, manifest }, persistedOperations: { manifests: [manifest] } };
}
