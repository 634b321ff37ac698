import type { FamilyToken, SessionFamily } from '../domain/session-family.js';
import type { UsersDatabase, UsersTransaction } from './database.js';

/** A refresh token as it is stored: its hash, never itself. */
export interface StoredToken {
  readonly hash: Uint8Array<ArrayBuffer>;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** Starts a family with its first token. */
export async function insertSession(
  { prisma }: UsersTransaction,
  session: { id: string; userId: string; token: StoredToken },
): Promise<void> {
  const { token, ...fields } = session;
  await prisma.session.create({
    data: { ...fields, createdAt: token.issuedAt, expiresAt: token.expiresAt },
  });
  await prisma.refreshToken.create({ data: { ...token, sessionId: session.id } });
}

/** A token as it is known: `nextSeed` once it was used. */
export type KnownToken = Omit<FamilyToken, 'successor'> & {
  readonly nextSeed: Uint8Array<ArrayBuffer> | null;
};

/**
 * The family that a token belongs to, locked until the transaction ends, and the token as it is under that lock:
 * of two who present it at the same time, the second sees what the first did.
 */
export async function lockFamily(
  sql: UsersTransaction,
  hash: Uint8Array<ArrayBuffer>,
): Promise<{ family: SessionFamily; token: KnownToken } | undefined> {
  const [family] = await sql.query<SessionFamily>(
    `SELECT id, user_id AS "userId", revoked_at AS "revokedAt" FROM sessions
     WHERE id = (SELECT session_id FROM refresh_tokens WHERE hash = $1) FOR UPDATE`,
    [hash],
  );
  const token = family && (await findToken(sql, hash));
  return family && token ? { family, token } : undefined;
}

/** A token by its hash. */
export const findToken = (
  { prisma }: UsersTransaction,
  hash: Uint8Array<ArrayBuffer>,
): Promise<KnownToken | null> => prisma.refreshToken.findUnique({ where: { hash } });

/** Marks a token as used and puts its successor in its place. */
export async function replaceToken(
  { prisma }: UsersTransaction,
  replacement: {
    sessionId: string;
    used: Uint8Array<ArrayBuffer>;
    nextSeed: Uint8Array<ArrayBuffer>;
    next: StoredToken;
  },
): Promise<void> {
  const { sessionId, used, nextSeed, next } = replacement;
  await prisma.refreshToken.update({ where: { hash: used }, data: { usedAt: next.issuedAt, nextSeed } });
  await prisma.refreshToken.create({ data: { ...next, sessionId } });
  await prisma.session.update({ where: { id: sessionId }, data: { expiresAt: next.expiresAt } });
}

/** Ends a family. One that has ended keeps its first reason. */
export async function revokeSession(
  { prisma }: Pick<UsersTransaction, 'prisma'>,
  session: { id: string; at: Date; reason: string },
): Promise<void> {
  await prisma.session.updateMany({
    where: { id: session.id, revokedAt: null },
    data: { revokedAt: session.at, revokedFor: session.reason },
  });
}

/** Ends the family of a token; nothing happens for an unknown one. */
export async function revokeSessionOfToken(
  database: UsersDatabase,
  hash: Uint8Array<ArrayBuffer>,
  end: { at: Date; reason: string },
): Promise<void> {
  const token = await database.prisma.refreshToken.findUnique({
    where: { hash },
    select: { sessionId: true },
  });
  if (token) await revokeSession(database, { id: token.sessionId, ...end });
}

/** Forgets what has expired by itself: then an old token is as good as an unknown one. */
export async function deleteExpiredSessions({ prisma }: UsersDatabase, now: Date): Promise<void> {
  await prisma.session.deleteMany({ where: { expiresAt: { lt: now } } });
  await prisma.refreshToken.deleteMany({ where: { expiresAt: { lt: now } } });
}
