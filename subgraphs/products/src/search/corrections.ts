import { LONGEST_QUERY, queryWords, typedWords } from '../domain/words.js';
import type { WordIndex } from './word-index.js';

/** How well a query is answered. */
export interface Outcome {
  /** Products found. */
  readonly total: number;
  /** True if a product has all of its words; otherwise these are products with some of them. */
  readonly hasAllWords: boolean;
}

/** What can be asked of the index. */
export interface CorrectionDeps {
  readonly words: Pick<WordIndex, 'knows' | 'corrections'>;
  /** How well another query would be answered, under the same filter. */
  readonly outcomeOf: (query: string) => Outcome;
}

/** Who finds so many products needs no other words. */
export const PLENTY = 5;
/** More unknown words than this are no typing errors but another language. */
const MOST_MISSPELT = 3;
/** Words that one may have been meant to be. */
const MOST_CANDIDATES = 3;
/** Queries that are tried: each costs as much as a search. */
const MOST_TRIED = 6;

/** The misspelt words of a query, each with the word that it was meant to be. */
export type Corrections = ReadonlyMap<string, string>;

/**
 * What is misspelt in a query: null if it finds plenty, or if nothing better is known. With these corrections it finds
 * products that have all of its words, and more of them than it did.
 *
 * @example correctionsOf('wireless hedfones', { total: 12, hasAllWords: false }, deps); // hedfones -> headphones
 */
export function correctionsOf(query: string, found: Outcome, deps: CorrectionDeps): Corrections | null {
  if (found.hasAllWords && found.total >= PLENTY) return null;
  const typed = queryWords(query);
  const misspelt = typed.filter((word) => !deps.words.knows(word));
  if (misspelt.length === 0 || misspelt.length > MOST_MISSPELT) return null;
  const candidates = misspelt.map((word) => deps.words.corrections(word, MOST_CANDIDATES));
  const isBetter = (corrections: Corrections): boolean => {
    const { total, hasAllWords } = deps.outcomeOf(replaced(typed, corrections));
    return hasAllWords && total > (found.hasAllWords ? found.total : 0);
  };
  const tried = choices(candidates)
    .slice(0, MOST_TRIED)
    .map((choice) => new Map(choice.map((word, place) => [misspelt[place] ?? word, word])));
  return tried.find(isBetter) ?? null;
}

/**
 * The query with its misspelt words put right; the others stay as they are. Null if it would be longer than what a search
 * looks at.
 *
 * @example putRight('Hedfones for the gym', new Map([['hedfones', 'headphones']])); // 'headphones for the gym'
 */
export function putRight(query: string, corrections: Corrections): string | null {
  const text = replaced(typedWords(query), corrections);
  return text.length <= LONGEST_QUERY ? text : null;
}

const replaced = (words: readonly string[], corrections: Corrections): string =>
  words.map((word) => corrections.get(word) ?? word).join(' ');

/** Every choice of one candidate a word; those that take early candidates first. None if a word has no candidate. */
function choices(candidates: readonly (readonly string[])[]): (readonly string[])[] {
  const start: { words: readonly string[]; rank: number }[] = [{ words: [], rank: 0 }];
  return candidates
    .reduce(
      (chosen, of) =>
        chosen.flatMap(({ words, rank }) =>
          of.map((word, place) => ({ words: [...words, word], rank: rank + place })),
        ),
      start,
    )
    .sort((a, b) => a.rank - b.rank)
    .map(({ words }) => words);
}
