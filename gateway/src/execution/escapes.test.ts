import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quote } from './compiled/json.js';
import {
  ALL_ESCAPES,
  BACKSLASHES,
  escapesIn,
  escapesOf,
  LINE_FEEDS,
  NO_ESCAPES,
  QUOTES,
  withEscapes,
} from './escapes.js';

describe('escapes of a JSON text', () => {
  it.each([
    [{ a: 'plain text, ümlauts, 漢字, 🙂 and / slashes' }, NO_ESCAPES],
    [{ a: 'says "hello"' }, QUOTES],
    [{ a: 'C:\\shop' }, BACKSLASHES],
    [{ a: '\\"' }, BACKSLASHES | QUOTES],
    [{ a: 'two\nlines' }, LINE_FEEDS],
    [{ a: 'tab\t' }, ALL_ESCAPES],
    [{ a: '\u0001' }, ALL_ESCAPES],
    [{ 'k"': 1 }, QUOTES],
  ])('%j', (value, escapes) => {
    expect(escapesIn(JSON.stringify(value))).toBe(escapes);
  });

  it('knows spelled-out characters for what they are', () => {
    expect(escapesIn('{"a":"\\u0022"}')).toBe(ALL_ESCAPES);
    expect(escapesIn('{"a":"\\/"}')).toBe(NO_ESCAPES);
  });

  it('an answer that nobody looked at may hold anything', () => {
    const answer = { data: {} };
    expect(escapesOf(answer)).toBe(ALL_ESCAPES);
    const known = withEscapes(answer, QUOTES);
    expect(escapesOf(known)).toBe(QUOTES);
    expect(known).toEqual(answer);
    expect(JSON.stringify(known)).toBe('{"data":{}}');
    expect(escapesOf({ ...known })).toBe(ALL_ESCAPES);
  });

  it('strings are written as JSON.stringify writes them, whatever else is in the text', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '"', '\\', '\n', '\t', '\u0000', 'é', '漢', '/', '\ud800'),
    });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 3 }), (texts) => {
        const parsed = JSON.parse(JSON.stringify(texts)) as string[];
        const escapes = escapesIn(JSON.stringify(texts));
        expect(parsed.map((string) => quote(string, escapes))).toEqual(
          parsed.map((string) => JSON.stringify(string)),
        );
      }),
      { numRuns: 2_000 },
    );
  });
});
