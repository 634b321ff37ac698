import type { DemoPerson } from '@souk/demo-data/people';
import type { UsersDeps } from './app.js';
import { userRegistered } from './events/user-events.js';
import { createPasswords } from './passwords/passwords.js';
import { type NewUser, insertUsers } from './store/accounts.js';
import { insertAddresses } from './store/addresses.js';
import { type UsersDatabase, openDatabase } from './store/database.js';

/** Which demo data to make. */
export interface SeedOptions {
  /** The same number makes the same people. */
  readonly seed: number;
  /** How many customers besides the accounts that can sign in. @default 400 */
  readonly customers?: number;
}

/** People of one transaction: few enough for a machine that starts everything at once. */
const PORTION = 100;

/**
 * Makes the demo accounts, which sign in with the demo password, and customers, who cannot sign in at all. Who is there
 * already stays as they are, so it can be repeated.
 */
export async function seed(
  deps: Pick<UsersDeps, 'databaseUrl' | 'logger' | 'newId'>,
  options: SeedOptions,
): Promise<void> {
  const { customers: count = 400, seed: number } = options;
  // Loaded here, because a shop that has its data should start without the generator.
  const { DEMO_PASSWORD, customers, demoAccounts } = await import('@souk/demo-data/people');
  const database = openDatabase({ url: deps.databaseUrl, logger: deps.logger });
  try {
    const passwords = createPasswords();
    const hashes = await Promise.all(demoAccounts.map(() => passwords.hash(DEMO_PASSWORD)));
    await insertPeople(deps, database, demoAccounts, (index) => hashes[index] ?? null);
    const crowd = [...customers({ count, seed: number })];
    for (let start = 0; start < crowd.length; start += PORTION) {
      // Hashing a password for each would take minutes for nothing: nobody is told those passwords.
      await insertPeople(deps, database, crowd.slice(start, start + PORTION), () => null);
    }
  } finally {
    await database.close();
  }
}

async function insertPeople(
  { newId }: Pick<UsersDeps, 'newId'>,
  database: UsersDatabase,
  people: readonly DemoPerson[],
  hashOf: (index: number) => string | null,
): Promise<void> {
  const users = people.map(({ id, email, name, roles, createdAt }, index): NewUser => ({
    id,
    email,
    name,
    roles,
    version: 1,
    createdAt: new Date(createdAt),
    passwordHash: hashOf(index),
  }));
  await database.transaction(async (sql) => {
    const added = await insertUsers(sql, users, (user) =>
      userRegistered(user, { id: newId(), occurredAt: user.createdAt, correlationId: 'demo-seed' }),
    );
    const addresses = people
      .filter(({ id }) => added.has(id))
      .map(({ id: userId, address, createdAt }) => ({
        ...address,
        id: `${userId}-home`,
        userId,
        isDefault: true,
        savedAt: new Date(createdAt),
      }));
    await insertAddresses(sql, addresses);
  });
}
