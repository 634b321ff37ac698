import type { ExecutionResult } from 'graphql';

/**
 * Which characters the strings of an answer may hold that JSON must escape, as bits. An answer's own text tells: what
 * is escaped nowhere in it stands in none of its strings. Then writing them again needs no look at each character.
 */
export type Escapes = number;

export const NO_ESCAPES: Escapes = 0;
export const QUOTES: Escapes = 1;
export const BACKSLASHES: Escapes = 2;
export const LINE_FEEDS: Escapes = 4;
/** Any character. */
export const ALL_ESCAPES: Escapes = 8;

const BACKSLASH = 92;
const AFTER_BACKSLASH: ReadonlyMap<number, Escapes> = new Map([
  [34, QUOTES],
  [BACKSLASH, BACKSLASHES],
  [110, LINE_FEEDS],
  // A slash may be escaped, and need not be.
  [47, NO_ESCAPES],
]);

/** What is escaped in a JSON text. Costs one fast search for each backslash, and stops at the first rare one. */
export function escapesIn(json: string): Escapes {
  let found = NO_ESCAPES;
  for (let at = json.indexOf('\\'); at >= 0; at = json.indexOf('\\', at + 2)) {
    const escapes = AFTER_BACKSLASH.get(json.charCodeAt(at + 1));
    if (escapes === undefined) return ALL_ESCAPES;
    found |= escapes;
  }
  return found;
}

/** An answer that was parsed from text. */
class TextAnswer {
  readonly data: ExecutionResult['data'];
  readonly errors: ExecutionResult['errors'];
  readonly extensions: ExecutionResult['extensions'];
  readonly #escapes: Escapes;

  constructor({ data, errors, extensions }: ExecutionResult, escapes: Escapes) {
    this.data = data;
    this.errors = errors;
    this.extensions = extensions;
    this.#escapes = escapes;
  }

  static escapesOf(answer: ExecutionResult): Escapes {
    return #escapes in answer ? answer.#escapes : ALL_ESCAPES;
  }
}

/** The same answer, which also knows what its strings may hold. For whoever parsed its text. */
export const withEscapes = (answer: ExecutionResult, escapes: Escapes): ExecutionResult =>
  // Optional keys of graphql-js's type are absent or set; here they may be undefined, which readers treat alike.
  new TextAnswer(answer, escapes) as ExecutionResult;

/** What an answer's strings may hold: anything, if nobody said. */
export const escapesOf = (answer: ExecutionResult): Escapes => TextAnswer.escapesOf(answer);
