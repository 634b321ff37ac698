/** Why an account operation was refused, as the schema's `AccountErrorCode`. */
export type AccountErrorCode =
  'INVALID_CREDENTIALS' | 'EMAIL_TAKEN' | 'INVALID_INPUT' | 'THROTTLED' | 'SESSION_EXPIRED' | 'NOT_FOUND';

/** An expected refusal: part of the answer, never thrown. */
export interface AccountError {
  readonly code: AccountErrorCode;
  readonly message: string;
  /** Where in the input; empty when it concerns the whole. */
  readonly path: readonly string[];
  /** For THROTTLED: when to try again. */
  readonly retryAt?: Date;
}

/** What came of an operation: its result, or the reasons why there is none. */
export type Outcome<Result> =
  | { readonly ok: true; readonly value: Result }
  | { readonly ok: false; readonly errors: readonly AccountError[] };

/** @example return accepted(user); */
export const accepted = <Result>(value: Result): Outcome<Result> => ({ ok: true, value });

/** @example return refused(emailTaken()); */
export const refused = (...errors: readonly AccountError[]): Outcome<never> => ({ ok: false, errors });

export const invalidInput = (field: string, message: string): AccountError => ({
  code: 'INVALID_INPUT',
  message,
  path: [field],
});

export const emailTaken = (): AccountError => ({
  code: 'EMAIL_TAKEN',
  message: 'An account with this e-mail address exists. Sign in, or use another address.',
  path: ['email'],
});

/** The same for an unknown account and for a wrong password: which of the two it was is nobody's business. */
export const invalidCredentials = (): AccountError => ({
  code: 'INVALID_CREDENTIALS',
  message: 'The e-mail address or the password is wrong.',
  path: [],
});

/** The same for an unknown, an expired and a used token. */
export const sessionExpired = (): AccountError => ({
  code: 'SESSION_EXPIRED',
  message: 'This session has ended. Sign in again.',
  path: ['refreshToken'],
});

export const addressNotFound = (): AccountError => ({
  code: 'NOT_FOUND',
  message: 'You have no address with this id. Reload the address book.',
  path: ['id'],
});
