import type { OpenSession } from '../commands/open-session.js';
import type { Outcome } from '../domain/account-error.js';
import type { UserRecord } from '../store/accounts.js';
import { visibleUser } from './user-model.js';

/** Whoever has just signed in may read the account, although the request itself came without an identity. */
export const sessionPayload = (outcome: Outcome<OpenSession>) =>
  outcome.ok
    ? { session: { ...outcome.value, user: visibleUser(outcome.value.user) }, errors: [] }
    : { session: null, errors: outcome.errors };

export const userPayload = (outcome: Outcome<UserRecord>) =>
  outcome.ok ? { user: visibleUser(outcome.value), errors: [] } : { user: null, errors: outcome.errors };
