import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Double, type Doc, type Value } from '../bson/value.js';
import { isValueCondition } from './filter.js';
import { anyValue, compileFilter } from './match.js';
import { compileValueTest } from './match-value.js';
import { parseFilter } from './parse.js';

const never = (): never => {
  throw new Error('no $expr here');
};
const scalar = fc.oneof(
  fc.integer({ min: -2, max: 2 }),
  fc.constantFrom<Value>(null, 'a', 'ab', false, new Double(1), new Double(NaN), 1n, new Map([['x', 1]])),
);
const value = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), fc.constant(undefined));
const condition: fc.Arbitrary<Value> = fc.oneof(
  scalar,
  fc
    .tuple(fc.constantFrom('$eq', '$gt', '$gte', '$lt', '$lte'), scalar)
    .map(([name, operand]): Doc => new Map([[name, operand]])),
  fc.array(scalar, { maxLength: 3 }).map((operand): Doc => new Map([['$in', operand]])),
  fc.constantFrom('int', 'number', 'null', 'array').map((name): Doc => new Map([['$type', name]])),
  fc.constant(new Map([['$exists', true]])),
  fc.constant(new Map([['$mod', [2, 1]]])),
);

describe('matching', () => {
  it('gives the same answer on the short way as on the general one', () => {
    fc.assert(
      fc.property(value, condition, (found, wanted) => {
        const source: Doc = new Map(found === undefined ? [] : [['a', found]]);
        const filter = parseFilter(new Map([['a', wanted]]), never);
        if (filter.kind !== 'field' || !isValueCondition(filter.test))
          throw new Error('not a simple condition');
        const general = anyValue(['a'], compileValueTest(filter.test));
        expect(compileFilter(filter)(source)).toBe(general(source));
      }),
      { numRuns: 2000 },
    );
  });
});
