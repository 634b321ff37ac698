import MiniSearch from 'minisearch';

/** A word of the index that answers a word of the query, and how well: 1 for the word itself. */
export interface WordMatch {
  readonly word: number;
  readonly closeness: number;
}

/** Every word that any product contains. Forgives typing errors and completes beginnings. */
export interface Vocabulary {
  readonly size: number;
  add(word: string): number;
  word(number: number): string;
  /** @returns best first, at most 60 */
  match(typed: string): readonly WordMatch[];
  /** Words that begin with `typed`, in no order. */
  complete(typed: string): readonly number[];
  /** Words that differ from `typed` by at most so many letters, in no order: at most the 60 that are most alike. */
  near(typed: string, edits: number): readonly number[];
}

interface Entry {
  readonly id: number;
  readonly word: string;
}

const MOST_MATCHES = 60;

/** Letters that may be wrong, by the length of what was typed: none in very short words. */
export const forgiven = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2);

/**
 * MiniSearch holds the vocabulary, not the products: a few thousand words instead of a hundred thousand documents.
 * Its prefix and fuzzy look-ups are what is needed of it; who contains a word is kept in postings.
 */
export function createVocabulary(): Vocabulary {
  const numbers = new Map<string, number>();
  const words: string[] = [];
  const index = new MiniSearch<Entry>({
    fields: ['word'],
    tokenize: (word) => [word],
    processTerm: (word) => word,
    searchOptions: {
      prefix: true,
      fuzzy: (word) => forgiven(word.length),
      weights: { prefix: 0.7, fuzzy: 0.4 },
    },
  });
  /** Two neighbouring letters that changed places are the commonest error, and two errors to MiniSearch. */
  const swappedWords = (typed: string): WordMatch[] =>
    [...typed].flatMap((_, at) => {
      if (typed.length < 4 || at === 0) return [];
      const word = numbers.get(
        typed.slice(0, at - 1) + typed.charAt(at) + typed.charAt(at - 1) + typed.slice(at + 1),
      );
      return word === undefined ? [] : [{ word, closeness: 0.95 }];
    });
  return {
    get size() {
      return words.length;
    },
    add(word) {
      const known = numbers.get(word);
      if (known !== undefined) return known;
      const id = words.push(word) - 1;
      numbers.set(word, id);
      index.add({ id, word });
      return id;
    },
    word: (number) => words[number] ?? '',
    match(typed) {
      const exact = numbers.get(typed);
      // A word that exists is not a typing error: "chair" must not bring up hair dryers.
      const found = index.search(typed, exact === undefined ? {} : { fuzzy: false }).slice(0, MOST_MATCHES);
      const best = found[0]?.score ?? 1;
      const swapped = exact === undefined ? swappedWords(typed) : [];
      const others = found.map(({ id, score }) => {
        // Ids are the numbers given above; MiniSearch types them as any.
        const word = id as number;
        return { word, closeness: word === exact ? 1 : (exact === undefined ? 0.9 : 0.6) * (score / best) };
      });
      return [...swapped, ...others.filter(({ word }) => !swapped.some((match) => match.word === word))];
    },
    complete: (typed) => index.search(typed, { fuzzy: false }).map(({ id }) => id as number),
    near: (typed, edits) =>
      index
        .search(typed, { prefix: false, fuzzy: edits })
        .slice(0, MOST_MATCHES)
        .map(({ id }) => id as number),
  };
}
