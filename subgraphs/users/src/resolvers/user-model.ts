import { type Viewer, isInternal } from '@souk/kit/auth';
import { AppError } from '@souk/kit/errors';
import type { UserRecord } from '../store/accounts.js';

/**
 * What a `User` is while a request runs: an account the viewer may read, or only its id. Whoever makes one has
 * decided which, so a field cannot forget to ask.
 */
export type UserModel =
  | { readonly visible: true; readonly id: string; readonly user: UserRecord }
  | { readonly visible: false; readonly id: string };

/** Whether the viewer may read more of an account than its id. */
export const mayRead = (viewer: Viewer, userId: string): boolean =>
  isInternal(viewer) || (viewer.kind === 'user' && viewer.userId === userId);

export const visibleUser = (user: UserRecord): UserModel => ({ visible: true, id: user.id, user });

export const hiddenUser = (id: string): UserModel => ({ visible: false, id });

/**
 * The account behind a model.
 * @throws AppError FORBIDDEN if the viewer may know its id only
 */
export function revealed(model: UserModel): UserRecord {
  if (model.visible) return model.user;
  throw new AppError(
    'FORBIDDEN',
    'Only the account itself and staff may read this. Ask for the id alone, or sign in with an account that may.',
  );
}
