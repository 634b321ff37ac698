import fc from 'fast-check';
import { expect, test } from 'vitest';
import { offersFor } from './rates.js';

const now = new Date('2026-01-01T00:00:00Z');
const DAY = 86_400_000;
const offered = (country: string, weightGrams: number, goodsMinor = 0) =>
  offersFor({ country, weightGrams, goodsMinor }, now, DAY).map(({ service, priceMinor, eta }) => [
    service.id,
    priceMinor,
    (eta.getTime() - now.getTime()) / DAY,
  ]);

test.each([
  [
    'DE',
    900,
    [
      ['standard', 490, 3],
      ['express', 990, 2],
    ],
  ],
  [
    'DE',
    2_000,
    [
      ['standard', 490, 3],
      ['express', 990, 2],
    ],
  ],
  [
    'DE',
    2_001,
    [
      ['standard', 690, 3],
      ['express', 1_290, 2],
    ],
  ],
  [
    'fr',
    31_500,
    [
      ['standard', 2_490, 5],
      ['express', 4_490, 3],
    ],
  ],
  [
    'JP',
    5_000,
    [
      ['standard', 3_490, 9],
      ['express', 6_990, 5],
    ],
  ],
  ['DE', 31_501, [['freight', 4_190, 5]]],
  ['DE', 40_001, [['freight', 4_490, 5]]],
  ['DE', 0, []],
] as const)('to %s, %i g', (country, grams, expected) => {
  expect(offered(country, grams)).toEqual(expected);
});

test('goods for 50 and more are sent free of charge within the country, by standard parcel alone', () => {
  expect(offered('DE', 900, 4_999)[0]).toEqual(['standard', 490, 3]);
  expect(offered('DE', 900, 5_000)).toEqual([
    ['standard', 0, 3],
    ['express', 990, 2],
  ]);
  expect(offered('FR', 900, 5_000)[0]).toEqual(['standard', 990, 5]);
});

test('whatever weighs something can be sent anywhere; more weight never costs less, and faster is never cheaper', () => {
  const countries = fc.constantFrom('DE', 'FR', 'JP', 'US', 'ZZ');
  fc.assert(
    fc.property(countries, fc.integer({ min: 1, max: 1_000_000 }), fc.nat(50_000), (country, grams, more) => {
      const light = offersFor({ country, weightGrams: grams, goodsMinor: 0 }, now, DAY);
      const heavy = offersFor({ country, weightGrams: grams + more, goodsMinor: 0 }, now, DAY);
      expect(light.length).toBeGreaterThan(0);
      expect(heavy[0]!.priceMinor).toBeGreaterThanOrEqual(light[0]!.priceMinor);
      for (const [index, { priceMinor, eta }] of light.entries()) {
        expect(Number.isInteger(priceMinor)).toBe(true);
        for (const dearer of light.slice(index + 1)) expect(dearer.eta < eta).toBe(true);
      }
    }),
  );
});
