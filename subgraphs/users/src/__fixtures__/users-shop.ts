import { randomUUID } from 'node:crypto';
import { ANONYMOUS, type Role, type Viewer } from '@souk/kit/auth';
import { createInProcessTransport } from '@souk/kit/events';
import { createMemoryKv } from '@souk/kit/kv';
import { createLogger } from '@souk/kit/log';
import { testPostgres } from '@souk/testkit/postgres';
import type { GraphQLError } from 'graphql';
import { type UsersApp, type UsersDeps, createApp } from '../app.js';
import { prepare } from '../prepare.js';

export const ISSUER = 'https://shop.test';

export interface SessionAnswer {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresAt: string;
  readonly user: { id: string; email: string; name: string; roles: Role[] };
}
export interface ErrorAnswer {
  readonly code: string;
  readonly message: string;
  readonly path: string[];
  readonly retryAt: string | null;
}
export interface SessionPayload {
  readonly session: SessionAnswer | null;
  readonly errors: ErrorAnswer[];
}

const SESSION = `{
  session { accessToken refreshToken expiresAt user { id email name roles } }
  errors { code message path retryAt }
}`;

/** How an operation is sent. */
export interface Call {
  readonly viewer?: Viewer;
  readonly clientAddress?: string;
  readonly requestId?: string;
}

/** A users subgraph on a fresh database, with a clock that tests move, and everything it logs. */
export async function openUsersShop() {
  const database = await testPostgres('users');
  const lines: string[] = [];
  const logger = createLogger({ level: 'debug', destination: { write: (line) => lines.push(line) } });
  // Whole seconds, because tokens count in them.
  const started = Math.floor(Date.now() / 1000) * 1000;
  const clock = { now: started, advance: (ms: number) => (clock.now += ms) };
  const kv = createMemoryKv({ now: () => clock.now });
  const deps: UsersDeps = {
    databaseUrl: database.url,
    events: createInProcessTransport({ logger }),
    kv,
    issuer: ISSUER,
    logger,
    clock: () => new Date(clock.now),
    newId: randomUUID,
  };
  await prepare(deps);
  const apps: UsersApp[] = [];
  /** Another replica, or the same one after a restart. */
  const start = async (): Promise<UsersApp> => {
    const app = await createApp(deps);
    apps.push(app);
    await app.start();
    return app;
  };
  const app = await start();

  const run = async <Data>(
    query: string,
    variables: Record<string, unknown> = {},
    call: Call = {},
    on: UsersApp = app,
  ) => {
    const { viewer = ANONYMOUS, clientAddress = '192.0.2.1', requestId = 'test-request' } = call;
    const result = await on.execute({ query, variables, context: { viewer, requestId, clientAddress } });
    // Each test states what it asks for, so the answer's shape is known to it.
    return result as { data?: Data | null; errors?: readonly GraphQLError[] };
  };
  const session = (mutation: string, type: string) => async (input: object, call?: Call, on?: UsersApp) => {
    const query = `mutation ($input: ${type}!) { payload: ${mutation}(input: $input) ${SESSION} }`;
    const { data, errors } = await run<{ payload: SessionPayload }>(query, { input }, call, on);
    if (!data) throw new Error(`${mutation} answered with ${JSON.stringify(errors)}`);
    return data.payload;
  };
  const register = session('register', 'RegisterInput');
  let people = 0;

  return {
    app,
    database,
    deps,
    clock,
    logLines: lines,
    start,
    run,
    register,
    login: session('login', 'LoginInput'),
    refresh: session('refreshSession', 'RefreshSessionInput'),
    /** Somebody new, signed in. */
    async newcomer() {
      people += 1;
      const input = {
        email: `person-${people}@shop.test`,
        password: 'correct horse',
        name: `Person ${people}`,
      };
      const { session: opened } = await register(input);
      if (!opened) throw new Error('could not register');
      const viewer: Viewer = { kind: 'user', userId: opened.user.id, roles: ['CUSTOMER'] };
      return { ...opened, password: input.password, viewer };
    },
    async close() {
      await Promise.all(apps.map((one) => one.stop()));
      await kv.close();
      await database.drop();
    },
  };
}
