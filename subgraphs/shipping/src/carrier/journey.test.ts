import { expect, test } from 'vitest';
import { SERVICES, etaOf, zoneOf } from '../domain/delivery-service.js';
import { planJourney } from './journey.js';
import { SIMULATED_DAY_MS, trackingNumberOf } from './simulated.js';

const bookedAt = new Date('2026-01-01T00:00:00Z');

test.each(SERVICES.flatMap((service) => ['DE', 'FR', 'JP'].map((country) => ({ service, country }))))(
  'a parcel by $service.id to $country leaves after 30 seconds at the earliest, and arrives when it was promised',
  ({ service, country }) => {
    for (const leg of ['OUTBOUND', 'RETURN'] as const) {
      const journey = planJourney({
        leg,
        service,
        destination: { city: 'Somewhere', country },
        bookedAt,
        dayMs: SIMULATED_DAY_MS,
      });
      expect(journey.map(({ kind }) => kind)).toEqual(['PICKED_UP', 'MOVED', 'MOVED', 'MOVED', 'DELIVERED']);
      expect(journey.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
      const due = journey.map(({ dueAt }) => dueAt.getTime() - bookedAt.getTime());
      expect(due[0]).toBe(30_000);
      expect(due).toEqual([...due].sort((a, b) => a - b));
      expect(journey.at(-1)?.dueAt).toEqual(etaOf(service, zoneOf(country), bookedAt, SIMULATED_DAY_MS));
    }
  },
);

test('tracking numbers are the same for the same booking, and look like some', () => {
  expect(trackingNumberOf('s1:book')).toBe(trackingNumberOf('s1:book'));
  const numbers = Array.from({ length: 1_000 }, (_, index) => trackingNumberOf(`s${index}:book`));
  expect(new Set(numbers).size).toBe(1_000);
  for (const number of numbers) expect(number).toMatch(/^KP[A-Z0-9]{12}$/);
});
