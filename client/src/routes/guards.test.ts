import { expect, it } from 'vitest';
import { safeDestination } from './guards.js';

it.each([
  ['/account/orders?x=1', '/account/orders?x=1'],
  ['https://elsewhere.example', '/'],
  ['//elsewhere.example', '/'],
  ['/\\elsewhere.example', '/'],
  [undefined, '/'],
])('after signing in, %j leads to %s', (to, expected) => {
  expect(safeDestination(to)).toBe(expected);
});
