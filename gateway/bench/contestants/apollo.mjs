// @apollo/server with @apollo/gateway, as their documentation starts them. SUBGRAPHS=in-process executes the subgraphs'
// schemas here, through @apollo/gateway's LocalGraphQLDataSource.
import { readFileSync } from 'node:fs';
import { ApolloGateway, LocalGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { schemaOf, subgraphs } from '../upstream/schemas.mjs';

const { SUPERGRAPH_SDL, PORT, SUBGRAPHS } = process.env; // eslint-disable-line no-restricted-properties -- a program of its own
const inProcess = { buildService: ({ name }) => new LocalGraphQLDataSource(schemaOf(subgraphs[name])) };
const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(SUPERGRAPH_SDL, 'utf8'),
  ...(SUBGRAPHS === 'in-process' ? inProcess : {}),
});
const server = new ApolloServer({ gateway });
await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: Number(PORT) } });
