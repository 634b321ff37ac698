import { expect, it } from 'vitest';
import { queryWords, wordsOf } from './words.js';

it.each([
  ['Noise-cancelling Headphones', ['noise', 'cancelling', 'noisecancelling', 'headphones']],
  ["Chef's Knife 20 cm", ['chefs', 'knife', '20', 'cm']],
  ['Café Crème', ['cafe', 'creme']],
  ['  ', []],
  ['💥 !!', []],
])('the words of "%s"', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

it('leaves out what says nothing, unless there is nothing else', () => {
  expect(queryWords('a tent for the mountains')).toEqual(['tent', 'mountains']);
  expect(queryWords('the')).toEqual(['the']);
  expect(queryWords('usb-c usb-c')).toEqual(['usb', 'c']);
  expect(queryWords(Array.from({ length: 50 }, (_, index) => `w${index}`).join(' '))).toHaveLength(12);
});
