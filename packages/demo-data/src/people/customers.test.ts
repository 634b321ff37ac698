import { expect, it } from 'vitest';
import { demoAccounts } from './accounts.js';
import { customers } from './customers.js';

const people = [...customers({ count: 200 })];

it('makes the same people again, and begins a larger number with them', () => {
  expect([...customers({ count: 210 })].slice(0, 200)).toEqual(people);
});

it('gives everybody an e-mail address, a name and a whole address of their own', () => {
  expect(new Set([...people, ...demoAccounts].map(({ email }) => email)).size).toBe(203);
  expect(new Set([...people, ...demoAccounts].map(({ id }) => id)).size).toBe(203);
  for (const { email, address, name } of people) {
    expect(email).toMatch(/^[a-z0-9.-]+@mail\.souk\.test$/);
    expect(name.trim()).not.toBe('');
    expect([address.line1, address.city, address.postalCode].every((part) => part.trim() !== '')).toBe(true);
    expect(['DE', 'GB', 'FR', 'NL']).toContain(address.country);
  }
});
