import { AppError } from '@souk/kit/errors';
import { appendEvents } from '@souk/kit/postgres';
import { type Outcome, accepted, emailTaken, refused } from '../domain/account-error.js';
import { checkProfileChange } from '../domain/registration.js';
import { userUpdated } from '../events/user-events.js';
import { type UserRecord, isUniqueViolation, lockUser, updateUser } from '../store/accounts.js';
import type { CommandDeps, CommandRequest } from './command-deps.js';

/** What a person may change of the profile; absent and null stay. */
export interface ProfileInput {
  readonly email?: string | null | undefined;
  readonly name?: string | null | undefined;
}

/**
 * Changes name or e-mail address. A change to what is there already is none: no new version, no event.
 *
 * @throws AppError UNAUTHENTICATED if the account is gone although its token is still good
 */
export async function updateProfile(
  deps: CommandDeps,
  userId: string,
  input: ProfileInput,
  request: CommandRequest,
): Promise<Outcome<UserRecord>> {
  const checked = checkProfileChange(input);
  if (!checked.ok) return checked;
  try {
    const user = await deps.database.transaction(async (sql) => {
      const current = await lockUser(sql, userId);
      if (!current) throw accountGone();
      const { email, name } = { ...current, ...checked.value };
      if (email === current.email && name === current.name) return current;
      const updatedAt = deps.clock();
      const version = current.version + 1;
      const changed = await updateUser(sql, { id: userId, email, name, version, updatedAt });
      const origin = { id: deps.newId(), occurredAt: updatedAt, correlationId: request.requestId };
      await appendEvents(sql, [userUpdated(changed, origin)]);
      return changed;
    });
    deps.eventsWritten();
    return accepted(user);
  } catch (error) {
    if (isUniqueViolation(error)) return refused(emailTaken());
    throw error;
  }
}

/** The account of a token that outlived it. */
export const accountGone = (): AppError =>
  new AppError('UNAUTHENTICATED', 'This account does not exist any more. Sign in with another one.');
