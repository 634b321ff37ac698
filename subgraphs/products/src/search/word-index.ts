import { editsBetween } from '../domain/edits.js';
import { wordsOf } from '../domain/words.js';
import { FIELD_WEIGHT, type Field, createPostings } from './postings.js';
import { type Taken, createTally } from './tally.js';
import { createVocabulary } from './vocabulary.js';

/** The rows that answer a query, each once and in no order, and how well: `worth[i]` is what `rows[i]` scores. */
export interface Scores {
  readonly rows: Int32Array;
  readonly worth: Float32Array;
  /** True if these rows have all of the words, false if they only have some, or there are none. */
  readonly haveAllWords: boolean;
}

/** Words and who contains them. */
export interface WordIndex {
  add(row: number, texts: Readonly<Record<Field, readonly string[]>>): void;
  /**
   * Scores every row that has all of the words (or something close to each). If none has, rows with any of them. Costs
   * by how many rows contain the words, not by how many there are.
   * @param rowCount how many rows there are
   */
  score(words: readonly string[], rowCount: number): Scores;
  /** Words that complete `typed` and stand in the rows of `scores`; those that most of them have first. */
  completions(typed: string, scores: Scores, most: number): readonly string[];
  /** True if a product has the word, or one that it begins. */
  knows(typed: string): boolean;
  /**
   * What `typed` may have been meant to be: words of names, brands, categories and attributes that differ from it by more
   * letters than a search forgives, those first that it shares most with. None for words with digits, which are types and sizes.
   */
  corrections(typed: string, most: number): readonly string[];
}

const MOST_REMEMBERED = 20_000;

export function createWordIndex(): WordIndex {
  const vocabulary = createVocabulary();
  const postings = createPostings();
  const taken = new Map<string, readonly number[]>();

  const best = createTally();
  const sum = createTally();

  /** The best score of each row for one word of the query. */
  const scoreWord = (typed: string, rowCount: number): Scores => {
    best.makeRoom(rowCount);
    for (const { word, closeness } of vocabulary.match(typed)) {
      const frequency = postings.frequency(word);
      if (frequency === 0) continue;
      const rarity = 1 + Math.log1p(rowCount / frequency) / 8;
      const worth = closeness * rarity;
      postings.each(word, (row, weight) => best.raise(row, worth * weight));
    }
    return scoresOf(best.take());
  };
  /** Rows that have all of the words; if none has, those with any. */
  const combine = (byWord: readonly Scores[], rowCount: number): Scores => {
    const [first = NOTHING, ...others] = byWord;
    if (others.length === 0) return first;
    sum.makeRoom(rowCount);
    for (const { rows, worth } of byWord) {
      for (let index = 0; index < rows.length; index += 1) sum.add(rows[index] ?? 0, worth[index] ?? 0);
    }
    return scoresOf(sum.take(byWord.length));
  };

  /** True for a word that stands in more than descriptions. */
  const isTelling = (word: number): boolean => {
    let is = false;
    postings.each(word, (_row, weight) => (is ||= weight >= FIELD_WEIGHT.attribute));
    return is;
  };

  const numbersOf = (text: string): number[] => wordsOf(text).map((word) => vocabulary.add(word));
  /** Brands, categories and attribute values come again and again. */
  const repeated = (text: string): readonly number[] => {
    const known = taken.get(text);
    if (known) return known;
    const numbers = numbersOf(text);
    if (taken.size < MOST_REMEMBERED) taken.set(text, numbers);
    return numbers;
  };

  return {
    add(row, texts) {
      const seen = new Set<number>();
      const addText = (field: Field, numbers: readonly number[]): void => {
        for (const word of numbers) {
          if (seen.has(word)) continue;
          seen.add(word);
          postings.add(word, row, field);
        }
      };
      // Fields come weightiest first, so a word is kept where it counts most.
      for (const text of texts.name) addText('name', numbersOf(text));
      for (const field of ['brand', 'category', 'attribute'] as const) {
        for (const text of texts[field]) addText(field, repeated(text));
      }
      for (const text of texts.description) addText('description', numbersOf(text));
    },
    score(words, rowCount) {
      return combine(
        words.map((word) => scoreWord(word, rowCount)),
        rowCount,
      );
    },
    completions(typed, scores, most) {
      const answers = new Set(scores.rows);
      const counted = vocabulary.complete(typed).map((word) => {
        let count = 0;
        postings.each(word, (row, weight) => {
          if (weight >= 2 && answers.has(row)) count += 1;
        });
        return { word: vocabulary.word(word), count };
      });
      return counted
        .filter(({ count }) => count > 0)
        .sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1))
        .slice(0, most)
        .map(({ word }) => word);
    },
    knows: (typed) => vocabulary.complete(typed).length > 0,
    corrections(typed, most) {
      const edits = corrigible(typed);
      if (edits === 0) return [];
      const candidates = vocabulary
        .near(typed, edits)
        .map((number) => {
          const word = vocabulary.word(number);
          const share = editsBetween(typed, word) / Math.max(typed.length, word.length);
          return { number, word, share, count: postings.frequency(number) };
        })
        .sort((a, b) => a.share - b.share || b.count - a.count || (a.word < b.word ? -1 : 1));
      const meant: string[] = [];
      for (const { number, word } of candidates) {
        if (meant.length === most) break;
        if (isTelling(number)) meant.push(word);
      }
      return meant;
    },
  };
}

const scoresOf = ({ rows, worth, isOftenEnough }: Taken): Scores => ({
  rows,
  worth,
  haveAllWords: isOftenEnough,
});
const NOTHING: Scores = { rows: new Int32Array(0), worth: new Float32Array(0), haveAllWords: false };

/** Longest word that is put right, in letters. */
const LONGEST = 30;
/** Letters that may be wrong in a word that is put right: one more than a search forgives. */
const corrigible = (word: string): number =>
  word.length < 3 || word.length > LONGEST || /\p{N}/u.test(word)
    ? 0
    : word.length < 5
      ? 1
      : word.length < 8
        ? 2
        : 3;
