import { buildSchema, GraphQLError, parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { listMistakes } from './list-mistakes.js';

const texts = (messages: readonly string[], most = 5) =>
  listMistakes(
    messages.map((message) => new GraphQLError(message)),
    most,
  ).map(({ message }) => message);

it('lists each mistake once, and says how often it was made', () => {
  expect(texts(['a', 'b', 'a', 'a'])).toEqual(['a (and 2 more like it)', 'b']);
  expect(texts(['"x" at "ids[0]"', '"x" at "ids[11]"'])).toEqual(['"x" at "ids[0]" (and 1 more like it)']);
});

it('lists a few, and says that there are more', () => {
  expect(texts(['a', 'b', 'c'], 2)).toEqual(['a', 'b There are more mistakes than are listed.']);
});

it('says it in its own words when graphql-js gave up', () => {
  const schema = buildSchema('type Query { a: Query b: Int }');
  const many = validate(schema, parse(`{ ${'nope '.repeat(50)} }`), undefined, { maxErrors: 10 });
  expect(listMistakes(many, 5).map(({ message }) => message)).toEqual([
    'Cannot query field "nope" on type "Query". (and 9 more like it) There are more mistakes than are listed.',
  ]);
  const endless = validate(schema, parse(`{ ${'b '.repeat(5_000)} }`));
  expect(listMistakes(endless, 5)).toMatchObject([
    { message: expect.stringContaining('too often to be checked') as string },
  ]);
});

it('repeats no guess, not even those that graphql-js makes when told not to', () => {
  const schema = buildSchema('type Query { a: Query b: Int }');
  const errors = validate(schema, parse('{ a }'), undefined, { hideSuggestions: true });
  expect(listMistakes(errors, 5).map(({ message }) => message)).toEqual([
    'Field "a" of type "Query" must have a selection of subfields.',
  ]);
});

it('repeats no novel', () => {
  const [only] = texts([`Cannot query field "${'x'.repeat(60_000)}".`]);
  expect(only?.length).toBeLessThan(600);
});

it('keeps where the mistake is', () => {
  const document = parse('{ nope nope }');
  const errors = validate(buildSchema('type Query { a: Int }'), document);
  expect(listMistakes(errors, 5)[0]?.locations).toEqual([{ line: 1, column: 3 }]);
});

it('repeats no card number that stood where a text belongs', () => {
  const schema = buildSchema('type Query { pay(token: String!): Int }');
  const errors = validate(schema, parse('{ pay(token: 4242424242424242) }'));
  expect(listMistakes(errors, 5).map(({ message }) => message)).toEqual([
    'String cannot represent a non string value: [card number]',
  ]);
});
