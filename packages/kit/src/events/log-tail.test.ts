import { expect, test } from 'vitest';
import type { RecordedEvent } from './event.js';
import { createLogTail } from './log-tail.js';
import { madeEvent } from './transport.contract.js';

const at = (...positions: number[]): RecordedEvent[] =>
  positions.map((position) => ({ ...madeEvent('shop'), position }));
const positions = (events: readonly RecordedEvent[]): number[] => events.map(({ position }) => position);

test('a tail gives what comes right behind a position, at most as much as is asked for', () => {
  const tail = createLogTail();
  tail.append(at(7, 8));
  tail.append(at(9));
  expect(positions(tail.read(6, 10, 9))).toEqual([7, 8, 9]);
  expect(positions(tail.read(7, 1, 9))).toEqual([8]);
});

test('it gives nothing where it does not know what comes next, or knows that there is more', () => {
  const tail = createLogTail();
  expect(tail.read(0, 10, 0)).toEqual([]);
  tail.append(at(7, 8));
  expect(tail.read(5, 10, 8)).toEqual([]);
  expect(tail.read(8, 10, 8)).toEqual([]);
  expect(tail.read(20, 10, 8)).toEqual([]);
  expect(tail.read(6, 10, 9)).toEqual([]);
  expect(positions(tail.read(6, 2, 9))).toEqual([7, 8]);
  tail.clear();
  expect(tail.read(6, 10, 8)).toEqual([]);
});

test('behind a gap it begins anew, so that no reader is led past an event', () => {
  const tail = createLogTail();
  tail.append(at(7, 8, 11, 12));
  expect(tail.read(6, 10, 12)).toEqual([]);
  expect(tail.read(8, 10, 12)).toEqual([]);
  expect(positions(tail.read(10, 10, 12))).toEqual([11, 12]);
});

test('it remembers the newest ones only', () => {
  const tail = createLogTail(2);
  tail.append(at(1, 2, 3));
  expect(tail.read(0, 10, 3)).toEqual([]);
  expect(positions(tail.read(1, 10, 3))).toEqual([2, 3]);
});
