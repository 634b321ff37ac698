import { describe, expect, it } from 'vitest';
import { type SalesRow, changeOf, currenciesOf, periodOf, sumOf } from './figures.js';

const row = (day: string, currency: 'EUR' | 'GBP', orders: number, amountMinor: number): SalesRow => ({
  day,
  currency,
  orders,
  units: 2 * orders,
  gross: { amountMinor, currency },
  net: { amountMinor: amountMinor - 1, currency },
});
const rows = [
  row('2026-11-01', 'GBP', 1, 500),
  row('2026-11-01', 'EUR', 3, 900),
  row('2026-11-02', 'EUR', 1, 100),
];

describe('figures', () => {
  it('adds up one currency at a time', () => {
    expect(sumOf(rows, 'EUR')).toEqual({ net: 998, gross: 1_000, orders: 4, units: 8 });
    expect(sumOf(rows, 'USD')).toEqual({ net: 0, gross: 0, orders: 0, units: 0 });
  });

  it('begins with the currency that has most orders', () => {
    expect(currenciesOf(rows)).toEqual(['EUR', 'GBP']);
  });

  it.each([
    [150, 100, 0.5],
    [50, 100, -0.5],
    [5, 0, undefined],
  ])('%d after %d is a change of %s', (now, before, change) => {
    expect(changeOf(now, before)).toBe(change);
  });

  it('compares a period with as many days right before it', () => {
    expect(periodOf(7, new Date('2026-03-03T23:59:00Z'))).toEqual({
      from: '2026-02-25',
      to: '2026-03-03',
      beforeFrom: '2026-02-18',
      beforeTo: '2026-02-24',
    });
  });
});
