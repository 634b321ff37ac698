import { type Outcome, accepted, invalidCredentials, refused } from '../domain/account-error.js';
import { canonicalEmail } from '../domain/email.js';
import { MAX_PASSWORD_LENGTH } from '../domain/password.js';
import { lengthOf } from '../domain/text.js';
import { throttled } from '../domain/throttle.js';
import { credentialsOf } from '../store/accounts.js';
import type { CommandDeps, CommandRequest } from './command-deps.js';
import { type OpenSession, newSession } from './open-session.js';

/**
 * Signs in. An unknown account, one without a password and a wrong password take the same way and the same time; the
 * throttle is asked when it is the attempt's turn, so that a thousand at once are counted like a thousand in a row.
 */
export async function logIn(
  deps: CommandDeps,
  input: { readonly email: string; readonly password: string },
  request: CommandRequest,
): Promise<Outcome<OpenSession>> {
  const email = canonicalEmail(input.email);
  // No account has such a password, and hashing a megabyte of text is work for nothing.
  if (lengthOf(input.password) > MAX_PASSWORD_LENGTH * 4) return refused(invalidCredentials());
  const known = email === undefined ? undefined : await credentialsOf(deps.database, email);

  const attempt = { email, clientAddress: request.clientAddress };
  let retryAt: Date | undefined;
  const matches = await deps.passwords.verify(input.password, known?.passwordHash ?? undefined, async () => {
    retryAt = await deps.throttle.blockedUntil(attempt);
    return retryAt === undefined;
  });
  if (retryAt) return refused(throttled(retryAt, deps.clock()));
  if (matches !== true || !known) {
    await deps.throttle.failed(attempt);
    return refused(invalidCredentials());
  }
  await deps.throttle.succeeded(attempt);
  const session = newSession(deps, known.user);
  await deps.database.transaction((sql) => session.store(sql));
  return accepted(await session.describe());
}
