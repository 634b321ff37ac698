import { parse, print } from 'graphql';
import { expect, it } from 'vitest';
import { fieldsThatRequire, wrapConditionalRequirements } from './conditional-requirements.js';

it('finds the fields that require others', () => {
  const sdl = `type Box {
    id: ID! @join__field(graph: A)
    weight: Int @join__field(graph: A) @join__field(graph: B, external: true)
    shipping: Int @join__field(graph: B, requires: "weight")
  }`;
  expect([...fieldsThatRequire(sdl)]).toEqual(['shipping']);
});

it.each([
  ['{ shipping @include(if: $full) label }', '{ ... @include(if: $full) { shipping } label }'],
  [
    '{ price: shipping(to: "x") @mark @skip(if: $a) @include(if: $b) }',
    '{ ... @skip(if: $a) @include(if: $b) { price: shipping(to: "x") @mark } }',
  ],
  ['{ shipping @mark label @include(if: $full) }', '{ shipping @mark label @include(if: $full) }'],
  ['{ box { shipping @skip(if: $a) { cost } } }', '{ box { ... @skip(if: $a) { shipping { cost } } } }'],
])('%s is planned as %s', (query, expected) => {
  expect(print(wrapConditionalRequirements(parse(query), new Set(['shipping'])))).toBe(
    print(parse(expected)),
  );
});
