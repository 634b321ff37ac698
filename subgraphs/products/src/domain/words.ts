/** Words that say nothing about a product. */
const STOP_WORDS = new Set([
  'a',
  'an',
  'and',
  'at',
  'by',
  'for',
  'in',
  'is',
  'it',
  'of',
  'on',
  'or',
  'the',
  'to',
  'with',
]);

/** Most words of a query that are looked at. */
const MOST_WORDS = 12;

/**
 * The words of a text as the index knows them: lower case, without accents. `USB-C` gives `usb` and `usbc`, so that
 * both ways of typing it are found.
 */
export function wordsOf(text: string): string[] {
  const plain = PLAIN.test(text) ? text.toLowerCase().replaceAll("'", '') : withoutAccents(text);
  const words: string[] = [];
  for (const word of plain.match(WORDS) ?? []) {
    if (word.includes('-')) words.push(...word.split('-'), word.replaceAll('-', ''));
    else words.push(word);
  }
  return words;
}

const PLAIN = /^[\x20-\x7e]*$/;
const WORDS = /[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu;

const withoutAccents = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .toLowerCase();

/** Characters of a query that are looked at. */
export const LONGEST_QUERY = 200;

/** All words of a query, one after the other as they were typed. */
export const typedWords = (query: string): string[] =>
  wordsOf(query.slice(0, LONGEST_QUERY).replaceAll('-', ' '));

/** The words of a query worth looking for; all of them if they are all stop words. */
export function queryWords(query: string): string[] {
  const words = typedWords(query);
  const telling = words.filter((word) => !STOP_WORDS.has(word));
  return [...new Set(telling.length > 0 ? telling : words)].slice(0, MOST_WORDS);
}
