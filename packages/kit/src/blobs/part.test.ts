import { expect, test } from 'vitest';
import { cutIntoParts } from './part.js';

async function cut(chunks: readonly string[], sizes: (number: number) => number) {
  const body = async function* (): AsyncGenerator<Buffer> {
    for (const chunk of chunks) yield Buffer.from(chunk);
  };
  const parts: string[] = [];
  for await (const { number, bytes, isLast } of cutIntoParts(body(), sizes)) {
    parts.push(`${number} ${bytes.toString()}${isLast ? ' last' : ''}`);
  }
  return parts;
}

test.each([
  [[], ['1  last']],
  [[''], ['1  last']],
  [['ab'], ['1 ab last']],
  [['abc'], ['1 abc last']],
  [
    ['a', 'b', 'cd'],
    ['1 abc', '2 d last'],
  ],
  [['abcdefghi'], ['1 abc', '2 def', '3 ghi last']],
  [
    ['ab', 'cdefg', 'h'],
    ['1 abc', '2 def', '3 gh last'],
  ],
])('%j in parts of three', async (chunks, parts) => {
  expect(await cut(chunks, () => 3)).toEqual(parts);
});

test('parts may grow on the way', async () => {
  expect(await cut(['abcdefg'], (number) => number)).toEqual(['1 a', '2 bc', '3 def', '4 g last']);
});
