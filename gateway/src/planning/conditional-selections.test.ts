import { parse, print, stripIgnoredCharacters } from 'graphql';
import { expect, it } from 'vitest';
import { keepConditionalSelections } from './conditional-selections.js';

const kept = (text: string): string => stripIgnoredCharacters(print(keepConditionalSelections(parse(text))));

it.each([
  ['{a{b@include(if:$x)}}', '{a{__typename b@include(if:$x)}}'],
  ['{a{b{c@skip(if:$x)}}}', '{a{b{__typename c@skip(if:$x)}}}'],
  ['{a{...@skip(if:$x){b}}}', '{a{__typename ...@skip(if:$x){b}}}'],
  ['{a{...{b@skip(if:$x)}}}', '{a{__typename ...{b@skip(if:$x)}}}'],
  ['{a{...F}}fragment F on A{b@skip(if:$x)}', '{a{__typename ...F}}fragment F on A{b@skip(if:$x)}'],
])('%s may be empty', (text, expected) => {
  expect(kept(text)).toBe(expected);
});

it.each(['{a{b c@include(if:$x)}}', '{a{...F}}fragment F on A{b}', '{a@skip(if:$x)}', '{a{...on A{b}}}'])(
  '%s stays as it is',
  (text) => {
    const document = parse(text);
    expect(keepConditionalSelections(document)).toBe(document);
  },
);
