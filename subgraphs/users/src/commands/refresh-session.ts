import { type Outcome, accepted, refused, sessionExpired } from '../domain/account-error.js';
import { decideRefresh } from '../domain/session-family.js';
import { usersByIds } from '../store/accounts.js';
import { lockFamily, replaceToken, revokeSession } from '../store/sessions.js';
import { createRefreshToken, hashRefreshToken } from '../tokens/refresh-token.js';
import type { CommandDeps } from './command-deps.js';
import type { OpenSession } from './open-session.js';

/** Exchanges a refresh token, with the roles that the account has now. A used one ends its whole family. */
export async function refreshSession(
  deps: CommandDeps,
  input: { readonly refreshToken: string },
): Promise<Outcome<OpenSession>> {
  const now = deps.clock();
  const used = hashRefreshToken(input.refreshToken);
  const next = createRefreshToken(now);

  const rotated = await deps.database.transaction(async (sql) => {
    const found = await lockFamily(sql, used);
    if (!found) return undefined;
    const { family, token } = found;
    const decision = decideRefresh(family, token, now);
    switch (decision.type) {
      case 'rotate':
        await replaceToken(sql, { sessionId: family.id, used, next: next.stored });
        return family;
      case 'revoke-family':
        await revokeSession(sql, { id: family.id, at: now, reason: decision.reason });
        deps.logger.warn(
          { userId: family.userId, sessionId: family.id },
          'refresh token reused, session ended',
        );
        return undefined;
      case 'refuse':
        return undefined;
    }
  });
  const [user] = rotated ? await usersByIds(deps.database, [rotated.userId]) : [];
  if (!rotated || !user) return refused(sessionExpired());
  const access = await deps.issueAccessToken({ userId: user.id, sessionId: rotated.id, roles: user.roles });
  return accepted({ ...access, refreshToken: next.token, user });
}
