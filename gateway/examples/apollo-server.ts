// The gateway's engine inside Apollo Server 5. In a checkout: npx vitest run … gateway/examples runs it.
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { httpTransport } from '@souk/gateway';
import { soukGateway } from '@souk/gateway/apollo-server';
import { createLogger } from '@souk/kit/log';

/**
 * Serves a supergraph on a port; 0 takes a free one.
 *
 * @param secret what the subgraphs know their gateway by
 */
export async function serve(
  supergraphSdl: string,
  port: number,
  secret: string,
): Promise<{ url: string; stop(): Promise<void> }> {
  const gateway = soukGateway({
    supergraphSdl,
    transportFor: ({ name, url }) => httpTransport({ name, url, secret }),
    logger: createLogger({ level: 'warn' }),
  });
  const server = new ApolloServer({ gateway });
  const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port } });
  return { url, stop: () => server.stop() };
}
