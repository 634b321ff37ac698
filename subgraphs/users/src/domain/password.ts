import { canonicalEmail } from './email.js';
import { lengthOf } from './text.js';

/** In characters. Length is the only rule of composition (NIST SP 800-63B, 3.1.1.2). */
export const MIN_PASSWORD_LENGTH = 8;
export const MAX_PASSWORD_LENGTH = 200;

/** The form that is hashed: the same keys on another keyboard or system give the same password. */
export const normalPassword = (password: string): string => password.normalize('NFKC');

/** What is wrong with a new password; undefined if nothing is. */
export function problemOfPassword(password: string, email: string | undefined): string | undefined {
  const length = lengthOf(normalPassword(password));
  if (length < MIN_PASSWORD_LENGTH) return `The password needs at least ${MIN_PASSWORD_LENGTH} characters.`;
  if (length > MAX_PASSWORD_LENGTH) return `The password is longer than ${MAX_PASSWORD_LENGTH} characters.`;
  if (email !== undefined && canonicalEmail(password) === email) {
    return 'The password must not be the e-mail address.';
  }
  return undefined;
}
