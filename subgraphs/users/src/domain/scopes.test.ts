import { expect, it } from 'vitest';
import { scopesOf } from './scopes.js';

it('gives an admin every scope, and everybody else what they have', () => {
  expect(scopesOf(['ADMIN'])).toEqual(['CUSTOMER', 'STAFF', 'ADMIN']);
  expect(scopesOf(['STAFF', 'CUSTOMER'])).toEqual(['CUSTOMER', 'STAFF']);
  expect(scopesOf(['STAFF'])).toEqual(['STAFF']);
  expect(scopesOf([])).toEqual([]);
});
