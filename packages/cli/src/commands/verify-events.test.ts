import { expect, test } from 'vitest';
import { describeVerification, readAnchor } from './verify-events.js';

const hash = Buffer.alloc(32, 0xab);

test('a whole chain is told with what to note, which can be given back', () => {
  const told = describeVerification({ checkedTo: { number: 12, hash }, complete: true });
  expect(told).toContain('All 12 events are as they were written');
  expect(readAnchor(told.split(' ').at(-1) ?? '')).toEqual({ number: 12, hash: 'ab'.repeat(32) });
});

test.each([
  [
    { number: 7, eventId: 'e7', reason: 'CHANGED' },
    /Event 7 \(id e7\) is not as it was written: it, or what/,
  ],
  [{ number: 8, eventId: null, reason: 'MISSING' }, /Event 8 is not as it was written: it is missing/],
] as const)('%j is an error that names it', (broken, message) => {
  expect(() => describeVerification({ checkedTo: { number: 6, hash }, complete: false, broken })).toThrow(
    message,
  );
});

test.each(['', '12', '12:ab', 'x:' + 'ab'.repeat(32)])('%j is no anchor', (text) => {
  expect(() => readAnchor(text)).toThrow('--anchor takes <number>:<hash>');
});
