import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { serveSubgraph } from '@souk/kit/server';
import { composeSupergraph } from '../supergraph/compose.js';
import { createTinyShop, silent, type TinyShop } from './tiny-shop.js';

/** The tiny shop over HTTP, and a file with its supergraph: what a gateway in a process of its own needs. */
export interface ServedShop {
  readonly shop: TinyShop;
  /** What subgraphs verify envelopes with. */
  readonly secret: string;
  readonly folder: string;
  /** The supergraph file; there is none until `replace`. */
  readonly file: string;
  /** A port that is taken. */
  readonly port: number;
  /** The supergraph of the first few subgraphs. */
  supergraphOf(count: number): string;
  /** Replaces the file as deployments do: written beside it, then renamed. */
  replace(sdl: string): Promise<void>;
  stop(): Promise<void>;
}

export async function serveTinyShop(): Promise<ServedShop> {
  const secret = 'a-secret-of-thirty-two-characters-or-more';
  const shop = createTinyShop();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'souk-gateway-'));
  const file = path.join(folder, 'supergraph.graphql');
  const served = await Promise.all(
    shop.apps.map((app) =>
      serveSubgraph(app, { host: '127.0.0.1', port: 0, secret, logger: silent, drainMs: 200 }),
    ),
  );
  return {
    shop,
    secret,
    folder,
    file,
    port: served[0]?.port ?? 0,
    supergraphOf: (count) =>
      composeSupergraph(
        shop.apps
          .slice(0, count)
          .map(({ name, sdl }, index) => ({ name, sdl, url: `${served[index]?.url}/graphql` })),
      ).supergraphSdl,
    async replace(sdl) {
      await writeFile(`${file}.new`, sdl);
      await rename(`${file}.new`, file);
    },
    async stop() {
      await Promise.all(served.map((subgraph) => subgraph.stop()));
      await rm(folder, { recursive: true });
    },
  };
}
