import { type AccountError, type Outcome, accepted, invalidInput, refused } from './account-error.js';
import { EMAIL_PROBLEM, canonicalEmail } from './email.js';
import { problemOfPassword } from './password.js';
import { problemOfLine, tidy } from './text.js';

/** An account to be made, checked. */
export interface Registration {
  readonly email: string;
  readonly name: string;
}

const problemOfName = (name: string): string | undefined =>
  problemOfLine(name, { label: 'The name', min: 1, max: 100 });

/** Checks everything at once, so that a form can show all that is wrong with it. */
export function checkRegistration(input: {
  readonly email: string;
  readonly password: string;
  readonly name: string;
}): Outcome<Registration> {
  const email = canonicalEmail(input.email);
  const name = tidy(input.name);
  const problems = {
    email: email === undefined ? EMAIL_PROBLEM : undefined,
    password: problemOfPassword(input.password, email),
    name: problemOfName(name),
  };
  const errors = errorsOf(problems);
  return email === undefined || errors.length > 0 ? refused(...errors) : accepted({ email, name });
}

/** What to change; absent stays. */
export interface ProfileChange {
  readonly email?: string;
  readonly name?: string;
}

/** Checks a change of the profile. GraphQL clients send null for a field they leave alone. */
export function checkProfileChange(input: {
  readonly email?: string | null | undefined;
  readonly name?: string | null | undefined;
}): Outcome<ProfileChange> {
  const givenEmail = input.email ?? undefined;
  const email = givenEmail === undefined ? undefined : canonicalEmail(givenEmail);
  const name = input.name === undefined || input.name === null ? undefined : tidy(input.name);
  const errors = errorsOf({
    email: givenEmail !== undefined && email === undefined ? EMAIL_PROBLEM : undefined,
    name: name === undefined ? undefined : problemOfName(name),
  });
  if (errors.length > 0) return refused(...errors);
  return accepted({ ...(email === undefined ? {} : { email }), ...(name === undefined ? {} : { name }) });
}

/** The problems that there are, as errors on their fields. */
export const errorsOf = (problems: Readonly<Record<string, string | undefined>>): AccountError[] =>
  Object.entries(problems).flatMap(([field, problem]) =>
    problem === undefined ? [] : [invalidInput(field, problem)],
  );
