import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inverted, orderKey } from './order-key.js';
import { Double, ObjectId, type Value } from './value.js';

/** Values in MongoDB's order, equal ones side by side. */
const ascending: Value[][] = [
  [null],
  [new Double(NaN)],
  [new Double(-Infinity)],
  [-(2n ** 63n), new Double(-(2 ** 63))],
  [-9007199254740993n],
  [-9007199254740992n, new Double(-9007199254740992)],
  [-5, new Double(-5), -5n],
  [new Double(-0.5)],
  [0, new Double(-0), 0n],
  [new Double(5e-324)],
  [1, 1n],
  [new Double(1.5)],
  [2147483648n, new Double(2147483648)],
  [9007199254740992n, new Double(9007199254740992)],
  [9007199254740993n],
  [9007199254740994n],
  [2n ** 63n - 1n],
  [new Double(2 ** 63)],
  [new Double(Infinity)],
  [''],
  ['\0'],
  ['\0a'],
  ['\x01'],
  ['a'],
  ['a\0'],
  ['ab'],
  ['b'],
  ['\uffff'],
  ['\u{1F600}'],
  [new Map()],
  [new Map([['a', 1]])],
  [
    new Map<string, Value>([
      ['a', 1],
      ['b', 1],
    ]),
  ],
  [new Map([['b', 0]])],
  [new Map([['a', 'x']])],
  [[]],
  [[1]],
  [[1, 1]],
  [[2]],
  [new ObjectId('\0'.repeat(12))],
  [new ObjectId('\xff'.repeat(12))],
  [false],
  [true],
  [new Date(-1)],
  [new Date(0)],
  [new Date(8_640_000_000_000_000)],
];

describe('order keys', () => {
  const ranked = ascending.flatMap((equals, rank) => equals.map((value) => ({ rank, value })));

  it('order every pair as MongoDB does, forwards and inverted', () => {
    for (const a of ranked) {
      for (const b of ranked) {
        const [left, right] = [orderKey(a.value), orderKey(b.value)];
        expect([a, b, Math.sign(Number(left > right) - Number(left < right))]).toEqual([
          a,
          b,
          Math.sign(a.rank - b.rank),
        ]);
        const [first, second] = [inverted(left), inverted(right)];
        expect([a, b, Math.sign(Number(first > second) - Number(first < second))]).toEqual([
          a,
          b,
          Math.sign(b.rank - a.rank) || 0,
        ]);
      }
    }
  });

  it('order doubles as numbers', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (a, b) => {
        const [left, right] = [orderKey(new Double(a)), orderKey(new Double(b))];
        expect(left < right).toBe(a < b);
        expect(left === right).toBe(a === b);
      }),
    );
  });

  it('order whole numbers exactly over all 64 bits', () => {
    const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    fc.assert(
      fc.property(long, fc.oneof(long, fc.bigInt({ min: -3n, max: 3n })), (a, other) => {
        const b = other >= -3n && other <= 3n && a > -(2n ** 62n) && a < 2n ** 62n ? a + other : other;
        expect(orderKey(a) < orderKey(b)).toBe(a < b);
        expect(orderKey(a) === orderKey(b)).toBe(a === b);
      }),
    );
  });

  it('order text by code point', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const bytes = Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b)));
        const [left, right] = [orderKey(a), orderKey(b)];
        expect(Math.sign(Number(left > right) - Number(left < right))).toBe(bytes);
      }),
    );
  });
});
