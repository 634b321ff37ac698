import { type Outcome, accepted, refused, sessionExpired } from '../domain/account-error.js';
import { type SessionFamily, decideRefresh } from '../domain/session-family.js';
import { usersByIds } from '../store/accounts.js';
import type { UsersTransaction } from '../store/database.js';
import { findToken, lockFamily, replaceToken, revokeSession } from '../store/sessions.js';
import { createSeed, hashRefreshToken, succeedRefreshToken } from '../tokens/refresh-token.js';
import type { CommandDeps } from './command-deps.js';
import type { OpenSession } from './open-session.js';

/**
 * Exchanges a refresh token, with the roles that the account has now. Who did not get the answer may ask again for a
 * while, and gets the same token; otherwise a used one ends its whole family.
 */
export async function refreshSession(
  deps: CommandDeps,
  input: { readonly refreshToken: string },
): Promise<Outcome<OpenSession>> {
  const refreshed = await deps.database.transaction((sql) => exchange(deps, sql, input.refreshToken));
  if (!refreshed) return refused(sessionExpired());
  const { family, refreshToken } = refreshed;
  const [user] = await usersByIds(deps.database, [family.userId]);
  if (!user) return refused(sessionExpired());
  const access = await deps.issueAccessToken({ userId: user.id, sessionId: family.id, roles: user.roles });
  return accepted({ ...access, refreshToken, user });
}

async function exchange(
  { clock, logger }: CommandDeps,
  sql: UsersTransaction,
  presented: string,
): Promise<{ family: SessionFamily; refreshToken: string } | undefined> {
  const now = clock();
  const hash = hashRefreshToken(presented);
  const found = await lockFamily(sql, hash);
  if (!found) return undefined;
  const { family, token } = found;
  const nextSeed = token.nextSeed ?? createSeed();
  const next = succeedRefreshToken(presented, nextSeed, now);
  const successor = token.usedAt && (await findToken(sql, next.stored.hash));
  const decision = decideRefresh(family, { ...token, successor }, now);
  const about = { userId: family.userId, sessionId: family.id };
  switch (decision.type) {
    case 'rotate':
      await replaceToken(sql, { sessionId: family.id, used: hash, nextSeed, next: next.stored });
      return { family, refreshToken: next.token };
    case 'repeat':
      logger.info(about, 'refresh repeated');
      return { family, refreshToken: next.token };
    case 'revoke-family':
      await revokeSession(sql, { id: family.id, at: now, reason: decision.reason });
      logger.warn(about, 'refresh token reused, session ended');
      return undefined;
    case 'refuse':
      return undefined;
  }
}
