import type { UserRecord } from '../store/accounts.js';
import type { UsersTransaction } from '../store/database.js';
import { insertSession } from '../store/sessions.js';
import { createRefreshToken } from '../tokens/refresh-token.js';
import type { CommandDeps } from './command-deps.js';

/** What a client gets when it signs in. */
export interface OpenSession {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresAt: Date;
  readonly user: UserRecord;
}

/** A new sign-in: `store` it in a transaction, then `describe` it to the client. */
export function newSession(deps: CommandDeps, user: UserRecord) {
  const id = deps.newId();
  const { token: refreshToken, stored } = createRefreshToken(deps.clock());
  return {
    store: (sql: UsersTransaction): Promise<void> =>
      insertSession(sql, { id, userId: user.id, token: stored }),
    describe: async (): Promise<OpenSession> => ({
      ...(await deps.issueAccessToken({ userId: user.id, sessionId: id, roles: user.roles })),
      refreshToken,
      user,
    }),
  };
}
