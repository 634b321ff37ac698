import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { connectRedisKv } from '@souk/kit/kv';
import type { Logger } from '@souk/kit/log';
import { redisSharedCache } from '@souk/kit/shared-cache';
import { createGateway, type Gateway, type GatewayDeps } from './app.js';
import type { GatewayConfig } from './config.js';
import { fileVersion } from './configuration/file-version.js';
import { followSettings } from './configuration/follow-settings.js';
import { gatewaySettings, settingsFile } from './configuration/gateway-settings.js';
import type { GatewayOptions } from './gateway-options.js';
import { issuerOf } from './identity/issuer.js';
import { proxyRoute } from './plugins/subgraph-routes/proxy-route.js';
import { watchSupergraph } from './supergraph/watch.js';
import { httpEventLogs } from './transport/http-event-logs.js';
import { httpSubgraphs } from './transport/http-subgraphs.js';

/** A gateway in a process of its own: subgraphs over HTTP, the supergraph from a file that is watched. */
export type StandaloneGateway = Omit<Gateway, 'reload'>;

/**
 * Builds the gateway that `serve.ts` runs.
 *
 * @param environment where overrides of options (`GATEWAY__…`) are
 * @param more what a worker does otherwise. @default {}
 * @throws SupergraphError, or the system's error if the file cannot be read.
 */
export async function createStandaloneGateway(
  config: GatewayConfig,
  logger: Logger,
  environment: Readonly<Record<string, string | undefined>> = {},
  more: Pick<GatewayDeps, 'exposeMetrics'> = {},
): Promise<StandaloneGateway> {
  const file = config.SUPERGRAPH_SDL;
  const supergraphSdl = await readFile(file, 'utf8');
  const settings = {
    file: settingsFile(config.GATEWAY_CONFIG),
    environment,
    defaults: {
      server: { trustedProxies: config.TRUSTED_PROXIES },
      cors: { origins: config.CORS_ORIGINS },
      ...ownOperations(file),
    },
  };
  const known = settings.file === undefined ? undefined : fileVersion(settings.file);
  const options = await gatewaySettings(settings);
  const urls = new Map(config.SUBGRAPH_URLS);
  const { REDIS_URL } = config;
  // A gateway starts, and serves, without the Redis that it was told of; plugins say what they do meanwhile.
  const kv =
    REDIS_URL === undefined ? undefined : await connectRedisKv({ url: REDIS_URL, logger, mustAnswer: false });
  const gateway = createGateway({
    ...more,
    ...(kv === undefined ? {} : { kv }),
    ...(REDIS_URL === undefined
      ? {}
      : { openSharedCache: await redisSharedCache({ url: REDIS_URL, logger }) }),
    supergraphSdl,
    transports: httpSubgraphs(config, options.subgraphs ?? {}, logger),
    eventLogs: httpEventLogs(config, options.subgraphs ?? {}),
    logger,
    issuers: config.JWT_ISSUERS.map(issuerOf),
    routes: config.GATEWAY_ROUTES.map(([route, name]) => {
      const path = route.replace(/^POST +/, '');
      return proxyRoute({
        path,
        target: urls.get(name) ?? `http://${name}`,
        takesPost: path !== route,
      });
    }),
    options,
    clientDir: config.CLIENT_DIR,
    playgroundDir: config.PLAYGROUND_DIR,
  });
  // Both files may have been replaced since they were read.
  const followed = [
    watchSupergraph({ file, known: supergraphSdl, logger, onChange: gateway.reload }),
    followSettings({ ...settings, known, logger, onChange: gateway.configure }),
  ];
  return {
    ...gateway,
    async stop() {
      for (const one of followed) one.stop();
      await gateway.stop();
      await kv?.close();
    },
  };
}

const OWN_SUPERGRAPH = 'schema/supergraph.graphql';
const OWN_OPERATIONS = 'schema/operations.json';

/** What the shop's own client asks is known, and planned ahead, where the shop's own supergraph is served. */
function ownOperations(supergraph: string): Pick<GatewayOptions, 'planning' | 'persistedOperations'> {
  const manifest = path.resolve(OWN_OPERATIONS);
  const isOurs = supergraph === path.resolve(OWN_SUPERGRAPH) && existsSync(manifest);
  return isOurs ? { planning: { manifest }, persistedOperations: { manifests: [manifest] } } : {};
}
