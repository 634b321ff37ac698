import type { Logger } from '@souk/kit/log';
import { hostOf } from '../host-of.js';
import { httpTransport, type HttpTransportOptions } from '../http.js';
import type { TextTransport } from '../subgraph-transport.js';
import { balancedTransport } from './balanced-transport.js';
import { followAddresses, type LookUp, lookUpAll } from './follow-addresses.js';
import { checkHealth } from './health-checks.js';
import { createReplicaSet, type ReplicaSet } from './replica-set.js';

/** How a subgraph's replicas are found and watched. */
export interface ReplicaOptions {
  /** GraphQL endpoints of its replicas. @default the one URL of the supergraph or of `SUBGRAPH_URLS` */
  readonly urls?: readonly string[];
  /**
   * Takes each address that the URL's host stands for as a replica (a headless service, a name with several records),
   * and looks the host up again this often, in milliseconds. Of several URLs each is one replica.
   * @default false: the host is one replica, looked up for each new connection
   */
  readonly resolveMs?: number | false;
  /** How often each replica is asked whether it is ready, in milliseconds; needs a `readyPath`. @default 5000 */
  readonly checkMs?: number;
  /** How long a replica gets nothing after a failure, in milliseconds; doubles with each further one, up to 30 s. @default 1000 */
  readonly restMs?: number;
}

export interface ReplicatedTransportOptions
  extends Omit<HttpTransportOptions, 'url' | 'address'>, ReplicaOptions {
  readonly urls: readonly [string, ...string[]];
  readonly logger: Logger;
  /** @default as the system resolves names */
  readonly lookUp?: LookUp;
}

/**
 * Reaches a subgraph that has several replicas: the least busy gets the request; one that fails rests; one that is not
 * ready gets nothing. With a single URL and no resolving it is {@link httpTransport} itself.
 *
 * @example replicatedTransport({ name: 'orders', urls: ['http://orders-0:4000/graphql', 'http://orders-1:4000/graphql'], logger });
 */
export function replicatedTransport(options: ReplicatedTransportOptions): TextTransport {
  const { urls, resolveMs = false, checkMs = 5_000, restMs = 1_000, lookUp = lookUpAll, ...http } = options;
  const { name, readyPath } = http;
  const logger = http.logger.child({ subgraph: name });
  const [url] = urls;
  if (urls.length > 1) return balanced(createReplicaSet(urls, (key) => httpTransport({ ...http, url: key })));
  if (resolveMs === false) return httpTransport({ ...http, url });

  // Until the addresses are known the name itself is the only replica: nothing waits for a resolver.
  const replicas = createReplicaSet([url], (key) =>
    httpTransport({ ...http, url, ...(key === url ? {} : { address: key }) }),
  );
  const stop = followAddresses({
    host: hostOf(new URL(url)),
    everyMs: resolveMs,
    lookUp,
    onChange(addresses) {
      logger.info({ replicas: addresses }, 'replicas found');
      replicas.replace(addresses);
    },
    onFailure: (err) => logger.warn({ err }, 'the name cannot be resolved, known replicas stay'),
  });
  return balanced(replicas, stop);

  function balanced(set: ReplicaSet, stopFollowing?: () => void): TextTransport {
    const transport = balancedTransport({
      name,
      replicas: set,
      restMs,
      onRest: (replica, ms, err) => logger.warn({ replica, ms, err }, 'a replica failed and rests'),
    });
    const stopChecks =
      readyPath === undefined
        ? undefined
        : checkHealth(
            () => set.current,
            checkMs,
            (replica, isReady) =>
              isReady
                ? logger.info({ replica }, 'a replica is ready again')
                : logger.warn({ replica }, 'a replica is not ready and gets no requests'),
          );
    return {
      ...transport,
      async close(graceMs) {
        stopFollowing?.();
        stopChecks?.();
        await transport.close(graceMs);
      },
    };
  }
}
