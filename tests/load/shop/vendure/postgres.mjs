// Runs Souk's embedded PostgreSQL with an empty database until it is told to stop: `node postgres.mjs FOLDER`. Prints its URL.
import { startEmbeddedPostgres } from '@souk/embedded/postgres';
import pg from 'pg';

const logger = { info() {}, warn: console.warn, error: console.error };
const server = await startEmbeddedPostgres({ dataDir: process.argv[2], logger, durability: 'full' });
const client = new pg.Client({ connectionString: `${server.url}/postgres` });
await client.connect();
await client.query('CREATE DATABASE vendure');
await client.end();
process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)));
console.log(`${server.url}/vendure`);
