// @apollo/server with @apollo/gateway, as their documentation starts them.
import { readFileSync } from 'node:fs';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

const { SUPERGRAPH_SDL, PORT } = process.env; // eslint-disable-line no-restricted-properties -- a program of its own
const gateway = new ApolloGateway({ supergraphSdl: readFileSync(SUPERGRAPH_SDL, 'utf8') });
const server = new ApolloServer({ gateway });
await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: Number(PORT) } });
