import type { CombinedError } from '@urql/vue';
import { problemOf } from '@/graph/problem.js';
import { texts } from '@/texts/en.js';

/** A refusal, for one field of a form or, with an empty `field`, for the whole of it. */
export interface FieldError {
  /** The last part of the input's path: `postalCode`. */
  readonly field: string;
  readonly message: string;
}

/** Turns a payload's `errors` into messages beside the fields they speak of. */
export function fieldErrors(
  errors: readonly { readonly message: string; readonly path: readonly string[] }[],
): FieldError[] {
  return errors.map(({ message, path }) => ({ field: path.at(-1) ?? '', message }));
}

/** A mutation's payload; null or undefined when the request failed as a whole. */
type Payload =
  | { readonly errors: readonly { readonly message: string; readonly path: readonly string[] }[] }
  | null
  | undefined;

/** What became of a mutation: what it was refused for, or that it failed as a whole; nothing when it is done. */
export function errorsOf(payload: Payload, error: CombinedError | undefined): FieldError[] {
  if (payload) return fieldErrors(payload.errors);
  return [{ field: '', message: texts.problem[problemOf(error, false) ?? 'broken'] }];
}

/** The first of {@link errorsOf}, in words, where there are no fields. */
export const refusalOf = (payload: Payload, error: CombinedError | undefined): string | undefined =>
  errorsOf(payload, error)[0]?.message;

/** The message beside one field, or for the form with `''`; undefined when there is none. */
export function messageFor(errors: readonly FieldError[], field: string): string | undefined {
  return errors.find((error) => error.field === field)?.message;
}
