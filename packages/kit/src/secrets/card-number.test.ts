import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdsCardNumber, looksLikeCardNumber, withoutCardNumbers } from './card-number.js';

test.each(['4242424242424242', '4242 4242 4242 4242', '5555-5555-5555-4444', '378282246310005'])(
  '%s looks like a card number',
  (text) => expect(looksLikeCardNumber(text)).toBe(true),
);

test.each(['tok_approve', 'pm_1Q4242424242424242', '4242424242424241', '', '42', 'src_4242 4242 4242 4242'])(
  '%s does not',
  (text) => expect(looksLikeCardNumber(text)).toBe(false),
);

test('one digit more or less, or another one, is noticed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 1, max: 9 }), (place, more) => {
      const digits = [...'4242424242424242'].map(Number);
      digits[place] = ((digits[place] ?? 0) + more) % 10;
      expect(looksLikeCardNumber(digits.join(''))).toBe(false);
    }),
  );
});

test.each([
  ['got invalid value 4242424242424242; a string', 'got invalid value [card number]; a string'],
  ['4242 4242 4242 4242 and 3782-822463-10005', '[card number] and [card number]'],
  ['order S-10042 of 2026-11-22T09:30:00.000Z', 'order S-10042 of 2026-11-22T09:30:00.000Z'],
  ['4242424242424241', '4242424242424241'],
])('"%s" is told as "%s"', (text, told) => expect(withoutCardNumbers(text)).toBe(told));

test('a text holds a card number, or it does not', () => {
  expect(holdsCardNumber('{ pay(token: "4242 4242 4242 4242") }')).toBe(true);
  expect(holdsCardNumber('{ pay(token: "tok_approve") }')).toBe(false);
});
