import type { SubgraphApp } from '@souk/kit/subgraph';
import { createGateway, type Gateway, type GatewayDeps } from '../app.js';
import { composeSupergraph } from '../supergraph/compose.js';
import { inProcessTransport } from '../transport/in-process.js';
import { silent } from './tiny-shop.js';

/** A gateway that listens, and the two ways tests talk to it. */
export interface RunningGateway {
  readonly gateway: Gateway;
  readonly url: string;
  readonly port: number;
  /** Posts one operation and reads the JSON answer. */
  ask(query: string, options?: AskOptions): Promise<Answer>;
  stop(): Promise<void>;
}

export interface AskOptions {
  readonly variables?: unknown;
  readonly headers?: Record<string, string>;
}

/** A response as a client sees it; tests look into it freely. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly data?: unknown;
  readonly errors?: readonly {
    message: string;
    path?: readonly (string | number)[];
    extensions?: Record<string, unknown>;
  }[];
  readonly extensions?: Record<string, unknown>;
}

/** Starts a gateway over subgraphs of this process on a free port. */
export async function startGateway(
  apps: readonly SubgraphApp[],
  deps: Partial<GatewayDeps> = {},
): Promise<RunningGateway> {
  const gateway = createGateway({
    supergraphSdl: composeSupergraph(apps).supergraphSdl,
    transports: new Map(apps.map((app) => [app.name, inProcessTransport(app)])),
    logger: silent,
    ...deps,
  });
  const { url, port } = await gateway.listen({ host: '127.0.0.1', port: 0 });
  return {
    gateway,
    url,
    port,
    stop: () => gateway.stop(),
    async ask(query, { variables, headers = {} } = {}) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json',
          ...headers,
        },
        body: JSON.stringify({ query, variables }),
      });
      // The gateway answers JSON to every POST; each test compares what it needs.
      const body = (await response.json()) as Pick<Answer, 'data' | 'errors' | 'extensions'>;
      return { status: response.status, headers: response.headers, ...body };
    },
  };
}
