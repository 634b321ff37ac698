import { type Outcome, accepted, emailTaken, refused } from '../domain/account-error.js';
import { checkRegistration } from '../domain/registration.js';
import { throttled } from '../domain/throttle.js';
import { userRegistered } from '../events/user-events.js';
import { insertUsers, isEmailTaken } from '../store/accounts.js';
import type { CommandDeps, CommandRequest } from './command-deps.js';
import { type OpenSession, newSession } from './open-session.js';

/** What a person registers with. */
export interface RegisterInput {
  readonly email: string;
  readonly password: string;
  readonly name: string;
}

/** Makes a customer account and signs it in. */
export async function register(
  deps: CommandDeps,
  input: RegisterInput,
  request: CommandRequest,
): Promise<Outcome<OpenSession>> {
  const checked = checkRegistration(input);
  if (!checked.ok) return checked;
  const { email, name } = checked.value;

  // Asking for taken addresses tells who has an account, so it counts as a failure of the network address.
  const attempt = { clientAddress: request.clientAddress };
  const retryAt = await deps.throttle.blockedUntil(attempt);
  if (retryAt) return refused(throttled(retryAt, deps.clock()));
  const taken = async (): Promise<Outcome<never>> => {
    await deps.throttle.failed(attempt);
    return refused(emailTaken());
  };
  if (await isEmailTaken(deps.database, email)) return taken();

  const passwordHash = await deps.passwords.hash(input.password);
  const createdAt = deps.clock();
  const user = { id: deps.newId(), email, name, roles: ['CUSTOMER' as const], version: 1, createdAt };
  const event = userRegistered(user, {
    id: deps.newId(),
    occurredAt: createdAt,
    correlationId: request.requestId,
  });
  const session = newSession(deps, user);
  const added = await deps.database.transaction(async (sql) => {
    const ids = await insertUsers(sql, [{ ...user, passwordHash }], () => event);
    if (ids.has(user.id)) await session.store(sql);
    return ids.has(user.id);
  });
  if (!added) return taken();
  deps.eventsWritten();
  return accepted(await session.describe());
}
