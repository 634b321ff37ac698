import { readFileSync } from 'node:fs';
import type { EventTransport } from '@souk/kit/events';
import type { Kv } from '@souk/kit/kv';
import type { Logger } from '@souk/kit/log';
import { createPostgresEventLog } from '@souk/kit/postgres';
import { type SubgraphApp, createSubgraph } from '@souk/kit/subgraph';
import type { CommandDeps } from './commands/command-deps.js';
import { startJanitor } from './janitor.js';
import { createPasswords } from './passwords/passwords.js';
import { createContext } from './resolvers/context.js';
import { resolvers } from './resolvers/index.js';
import { openDatabase } from './store/database.js';
import { createFailureThrottle } from './throttle/failure-throttle.js';
import { createAccessTokens } from './tokens/access-token.js';
import { jwksRoute } from './tokens/jwks-route.js';
import { type JsonWebKeySet, createKeyRing } from './tokens/key-ring.js';

/** What the users subgraph needs from outside. */
export interface UsersDeps {
  /** Its own database, migrated by {@link prepare}. */
  readonly databaseUrl: string;
  readonly events: EventTransport;
  /** Where failed sign-ins are counted; shared by all replicas. */
  readonly kv: Kv;
  /** The `iss` of access tokens: the URL at which clients reach the shop. */
  readonly issuer: string;
  readonly logger: Logger;
  readonly clock: () => Date;
  /** Makes ids that are unique and cannot be guessed. */
  readonly newId: () => string;
}

/** The users subgraph; `jwks` is for a gateway in the same process. */
export type UsersApp = SubgraphApp & { jwks(): Promise<JsonWebKeySet> };

const NAME = 'users';
const sdl = readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8');

/** @example const app = await createApp({ databaseUrl, events, kv, issuer, logger, clock: () => new Date(), newId: randomUUID }); */
export async function createApp(deps: UsersDeps): Promise<UsersApp> {
  const { databaseUrl: url, clock, newId } = deps;
  const logger = deps.logger.child({ subgraph: NAME });
  const database = openDatabase({ url, logger });
  const { pool } = database;
  const log = createPostgresEventLog({ pool, url, source: NAME, logger });
  const keyRing = createKeyRing({ database, clock, newId });
  const commandDeps: CommandDeps = {
    database,
    passwords: createPasswords(),
    throttle: createFailureThrottle({ kv: deps.kv, clock, logger }),
    issueAccessToken: createAccessTokens({ keyRing, issuer: deps.issuer, clock, newId }),
    clock,
    newId,
    logger,
    eventsWritten: () => log.hint(),
  };
  let janitor: { stop(): Promise<void> } | undefined;

  const app = createSubgraph({
    name: NAME,
    sdl,
    resolvers,
    logger,
    createContext: (request) => createContext(commandDeps, request),
    routes: [jwksRoute(keyRing)],
    events: log,
    async start() {
      await keyRing.refresh();
      await log.start();
      deps.events.attach(NAME, log);
      janitor = startJanitor({ database, keyRing, clock, logger });
    },
    async checkReady() {
      await pool.query('SELECT 1');
    },
    async stop() {
      await janitor?.stop();
      await log.stop();
      await database.close();
    },
  });
  return { ...app, jwks: () => keyRing.jwks() };
}
