import { expect, it } from 'vitest';
import { quote } from './json.js';

it('quotes every character as JSON does, in short strings and in long ones', () => {
  const wrong: string[] = [];
  for (let code = 0; code < 65_536; code += 1) {
    const character = String.fromCharCode(code);
    for (const text of [character, `${'long '.repeat(10)}${character} and more`])
      if (JSON.parse(quote(text)) !== text || quote(text) !== JSON.stringify(text)) wrong.push(text);
  }
  expect(wrong).toEqual([]);
  expect(quote('😀 and a lone \ud83d')).toBe(JSON.stringify('😀 and a lone \ud83d'));
});

it('tells texts of one length apart that come in turns', () => {
  const [one, other] = ['a "quoted" text that is long', 'a plain text, and as long as'];
  expect(one.length).toBe(other.length);
  for (let round = 0; round < 3; round += 1)
    for (const text of [one, other, one]) expect(quote(text)).toBe(JSON.stringify(text));
  const long = 'x'.repeat(5_000);
  expect(quote(`${long}\n`)).toBe(JSON.stringify(`${long}\n`));
});
