import type { JWK } from 'jose';
import type { ScheduledKey } from '../domain/key-schedule.js';
import type { UsersDatabase } from './database.js';
import type { Prisma } from './prisma-client/client.js';

/** A key pair for signing access tokens. */
export interface SigningKeyRecord extends ScheduledKey {
  readonly createdAt: Date;
  readonly publicJwk: JWK;
  readonly privateJwk: JWK;
}

/** What is to change about the stored keys. */
export interface KeyChange {
  readonly add?: SigningKeyRecord;
  readonly retire: readonly string[];
}

/** Any constant will do: advisory locks belong to one database. */
const ROTATION_LOCK = 736_502;

/**
 * Reads the keys, lets `decide` say what has to change, and returns the keys as they are then. One replica at a time:
 * all of them come to know the same keys.
 */
export function rotateKeys(
  { transaction }: UsersDatabase,
  decide: (keys: readonly SigningKeyRecord[]) => Promise<KeyChange>,
): Promise<SigningKeyRecord[]> {
  return transaction(async (sql) => {
    // The cast is for Prisma, which cannot read the type `void`.
    await sql.query(`SELECT pg_advisory_xact_lock(${ROTATION_LOCK})::text`);
    const rows = await sql.prisma.signingKey.findMany();
    // Only this module writes the columns, from JWKs.
    const keys = rows as unknown as SigningKeyRecord[];
    const { add, retire } = await decide(keys);
    if (add) {
      const data = add as unknown as Prisma.SigningKeyCreateInput; // A JWK is JSON
      await sql.prisma.signingKey.create({ data });
    }
    if (retire.length > 0) await sql.prisma.signingKey.deleteMany({ where: { kid: { in: [...retire] } } });
    return [...keys.filter(({ kid }) => !retire.includes(kid)), ...(add ? [add] : [])];
  });
}
