import { wordsOf } from '../domain/words.js';
import { type Field, createPostings } from './postings.js';
import { createTally } from './tally.js';
import { createVocabulary } from './vocabulary.js';

/** The rows that answer a query, each once and in no order, and how well: `worth[i]` is what `rows[i]` scores. */
export interface Scores {
  readonly rows: Int32Array;
  readonly worth: Float32Array;
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
    return best.take();
  };
  /** Rows that have all of the words; if none has, those with any. */
  const combine = (byWord: readonly Scores[], rowCount: number): Scores => {
    const [first = NOTHING, ...others] = byWord;
    if (others.length === 0) return first;
    sum.makeRoom(rowCount);
    for (const { rows, worth } of byWord) {
      for (let index = 0; index < rows.length; index += 1) sum.add(rows[index] ?? 0, worth[index] ?? 0);
    }
    return sum.take(byWord.length);
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
  };
}

const NOTHING: Scores = { rows: new Int32Array(0), worth: new Float32Array(0) };
