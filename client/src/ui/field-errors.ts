import type { Problem } from '@/graph/problem.js';
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

/** A request that failed as a whole, as a message for the whole form. */
export function problemErrors(problem: Problem | undefined): FieldError[] {
  return [{ field: '', message: texts.problem[problem ?? 'broken'] }];
}

/** The message beside one field, or for the form with `''`; undefined when there is none. */
export function messageFor(errors: readonly FieldError[], field: string): string | undefined {
  return errors.find((error) => error.field === field)?.message;
}
