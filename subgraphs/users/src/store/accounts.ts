import type { DomainEvent } from '@souk/kit/events';
import { appendEvents } from '@souk/kit/postgres';
import type { UsersDatabase, UsersTransaction } from './database.js';
import { Prisma, type Role } from './prisma-client/client.js';

/** An account without its password. */
export interface UserRecord {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly version: number;
  readonly createdAt: Date;
}

/** An account to be made. */
export interface NewUser extends UserRecord {
  /** Null for an account that cannot sign in. */
  readonly passwordHash: string | null;
}

const FIELDS = { id: true, email: true, name: true, roles: true, version: true, createdAt: true } as const;

/** Accounts in any order; missing ones are left out. */
export const usersByIds = ({ prisma }: UsersDatabase, ids: readonly string[]): Promise<UserRecord[]> =>
  prisma.user.findMany({ where: { id: { in: [...ids] } }, select: FIELDS });

/** What a sign-in needs to know. */
export async function credentialsOf(
  { prisma }: UsersDatabase,
  email: string,
): Promise<{ user: UserRecord; passwordHash: string | null } | undefined> {
  const row = await prisma.user.findUnique({
    where: { email },
    select: { ...FIELDS, passwordHash: true },
  });
  if (!row) return undefined;
  const { passwordHash, ...user } = row;
  return { user, passwordHash };
}

/** Whether an account has this e-mail address. */
export const isEmailTaken = async ({ prisma }: UsersDatabase, email: string): Promise<boolean> =>
  (await prisma.user.findUnique({ where: { email }, select: { id: true } })) !== null;

/** Adds those whose id and e-mail address are free, with their events. Returns the ids of those added. */
export async function insertUsers(
  sql: UsersTransaction,
  users: readonly NewUser[],
  eventOf: (user: NewUser) => DomainEvent,
): Promise<ReadonlySet<string>> {
  const added = await sql.prisma.user.createManyAndReturn({
    data: users.map((user) => ({ ...user, roles: [...user.roles], updatedAt: user.createdAt })),
    select: { id: true },
    skipDuplicates: true,
  });
  const ids = new Set(added.map(({ id }) => id));
  await appendEvents(sql, users.filter(({ id }) => ids.has(id)).map(eventOf));
  return ids;
}

/** The account, locked until the transaction ends: changes of one account come one after the other. */
export async function lockUser(sql: UsersTransaction, id: string): Promise<UserRecord | null> {
  await sql.query('SELECT id FROM users WHERE id = $1 FOR UPDATE', [id]);
  return sql.prisma.user.findUnique({ where: { id }, select: FIELDS });
}

/** Stores a change of the profile. The transaction fails with a unique violation if the address is taken. */
export const updateUser = (
  { prisma }: UsersTransaction,
  user: { id: string; email: string; name: string; version: number; updatedAt: Date },
): Promise<UserRecord> => prisma.user.update({ where: { id: user.id }, data: user, select: FIELDS });

/** Whether a transaction failed because two rows would have been alike. */
export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
