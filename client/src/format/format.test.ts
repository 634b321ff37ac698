import { describe, expect, it } from 'vitest';
import {
  formatAge,
  formatArrival,
  formatChange,
  formatCountry,
  formatDay,
  formatMoney,
  formatNear,
  formatShare,
  formatShortMoney,
} from './format.js';

describe('formatMoney', () => {
  it.each([
    [1999, 'EUR', '€19.99'],
    [0, 'EUR', '€0.00'],
    [123_456_789, 'GBP', '£1,234,567.89'],
    [500, 'USD', 'US$5.00'],
  ])('writes %d minor units of %s as %s', (amountMinor, currency, text) => {
    expect(formatMoney({ amountMinor, currency })).toBe(text);
  });
});

describe('formatAge', () => {
  const now = Date.parse('2026-11-22T12:00:00.000Z');
  it.each([
    ['2026-11-22T11:59:50.000Z', 'this minute'],
    ['2026-11-22T11:15:00.000Z', /45 min/],
    ['2026-11-22T09:30:00.000Z', /2 hr/],
    ['2026-11-21T12:00:00.000Z', 'yesterday'],
    ['2026-11-22T12:00:30.000Z', 'this minute'],
  ])('%s was %s', (iso, text) => {
    expect(formatAge(iso, now)).toMatch(text);
  });
});

it('writes what charts and figures need', () => {
  expect(formatShortMoney({ amountMinor: 250_000, currency: 'EUR' })).toBe('€2.5K');
  expect([formatShare(0.953), formatChange(-0.0312), formatChange(0.2)]).toEqual(['95%', '-3.1%', '+20%']);
  expect(formatDay('2026-11-22')).toBe('22 Nov');
});

it('formatNear says the day of what is far away', () => {
  const now = Date.parse('2026-11-22T12:00:00.000Z');
  expect(formatNear('2026-11-22T13:00:05.000Z', now)).toMatch(/^\d\d:\d\d:\d\d$/);
  expect(formatNear('2026-11-29T13:00:05.000Z', now)).toMatch(/^\d+ Nov, \d\d:\d\d$/);
});

it('formatArrival says a day, and of what comes within hours the time, so that the faster of two looks it', () => {
  const now = Date.parse('2026-11-22T12:00:00.000Z');
  expect(formatArrival('2026-11-25T12:00:00.000Z', now)).toMatch(/^Wed,? 25 Nov$/);
  // Two services of a carrier whose day takes half a minute.
  const [express, standard] = ['12:01:00', '12:01:30'].map((time) =>
    formatArrival(`2026-11-22T${time}.000Z`, now),
  );
  expect([express, standard]).toEqual([
    expect.stringMatching(/^\d\d:01:00$/),
    expect.stringMatching(/^\d\d:01:30$/),
  ]);
});

it('formatCountry knows names, and shows what it does not know', () => {
  expect([formatCountry('DE'), formatCountry('not a code')]).toEqual(['Germany', 'not a code']);
});
