import { wordsOf } from '../domain/words.js';
import { type Field, createPostings } from './postings.js';
import { createVocabulary } from './vocabulary.js';

/** How well rows answer a query. 0 is not at all. */
export type Scores = Float32Array;

/** Words and who contains them. */
export interface WordIndex {
  add(row: number, texts: Readonly<Record<Field, readonly string[]>>): void;
  /**
   * Scores every row that has all of the words (or something close to each). If none has, rows with any of them.
   * @param rowCount how many rows there are
   */
  score(words: readonly string[], rowCount: number): Scores;
  /** Words that complete `typed`, with how many of the rows in `scores` have them; most first. */
  completions(typed: string, scores: Scores, most: number): readonly string[];
}

const MOST_REMEMBERED = 20_000;

export function createWordIndex(): WordIndex {
  const vocabulary = createVocabulary();
  const postings = createPostings();
  const taken = new Map<string, readonly number[]>();

  /** The best score of each row for one word of the query. */
  const scoreWord = (typed: string, rowCount: number): Scores => {
    const scores = new Float32Array(rowCount);
    for (const { word, closeness } of vocabulary.match(typed)) {
      const frequency = postings.frequency(word);
      if (frequency === 0) continue;
      const rarity = 1 + Math.log1p(rowCount / frequency) / 8;
      const worth = closeness * rarity;
      postings.each(word, (row, weight) => {
        const score = worth * weight;
        if (score > (scores[row] ?? 0)) scores[row] = score;
      });
    }
    return scores;
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
      const byWord = words.map((word) => scoreWord(word, rowCount));
      return (
        combine(byWord, rowCount, 'all') ?? combine(byWord, rowCount, 'any') ?? new Float32Array(rowCount)
      );
    },
    completions(typed, scores, most) {
      const counted = vocabulary.complete(typed).map((word) => {
        let count = 0;
        postings.each(word, (row, weight) => {
          if ((scores[row] ?? 0) > 0 && weight >= 2) count += 1;
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

/** @returns undefined if no row qualifies */
function combine(byWord: readonly Scores[], rowCount: number, need: 'all' | 'any'): Scores | undefined {
  const total = new Float32Array(rowCount);
  let any = false;
  for (let row = 0; row < rowCount; row += 1) {
    let sum = 0;
    let complete = true;
    for (const scores of byWord) {
      const score = scores[row] ?? 0;
      if (score === 0) complete = false;
      sum += score;
    }
    if (sum === 0 || (need === 'all' && !complete)) continue;
    total[row] = sum;
    any = true;
  }
  return any ? total : undefined;
}
