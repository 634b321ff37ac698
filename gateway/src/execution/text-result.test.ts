import { GraphQLError } from 'graphql';
import { expect, it } from 'vitest';
import { dataText, resultText, textResult, withExtensions } from './text-result.js';

it.each([
  ['data', textResult('{"a":1}', [])],
  ['data and errors', textResult('{"a":null}', [new GraphQLError('no')])],
  ['no data', textResult('null', [new GraphQLError('no')])],
  ['values instead of text', { data: { a: 1 } }],
])('extensions are added to a result with %s', (_what, result) => {
  const extended = withExtensions(result, { cost: { actual: 3 } });
  expect(JSON.parse(resultText(extended))).toEqual({
    ...JSON.parse(resultText(result)),
    extensions: { cost: { actual: 3 } },
  });
  expect([extended.data, extended.errors]).toEqual([result.data, result.errors]);
  const twice = withExtensions(extended, { trace: 't' });
  expect(twice.extensions).toEqual({ cost: { actual: 3 }, trace: 't' });
});

it('a result without anything to add stays the same', () => {
  const result = textResult('{"a":1}', []);
  expect(withExtensions(result, {})).toBe(result);
});

it('the text of the data alone is found in that of the whole', () => {
  const failed = textResult('{"a":null}', [new GraphQLError('data')]);
  const results = [textResult('{"a":1}', []), failed, withExtensions(failed, { data: 'null' })];
  expect(results.map(dataText)).toEqual(['{"a":1}', '{"a":null}', '{"a":null}']);
});
