import { createRandom } from '../random/random.js';

const DAY = 86_400_000;
/** Sunday first: people shop on Sunday evenings and Mondays, and go out on Saturdays. */
const WEEKDAYS = [1.35, 1.2, 1, 0.95, 0.9, 0.85, 0.75];
/** By hour of the day, UTC: quiet nights, a bump at lunch, the peak after dinner. */
const HOURS = [2, 1, 1, 1, 1, 2, 4, 6, 8, 9, 10, 12, 13, 11, 10, 10, 11, 13, 16, 19, 20, 16, 10, 5];

/**
 * `orders` instants over the `days` before `now`, ascending: weekly and daily rhythm, and a business that grows by
 * half over the period.
 */
export function orderInstants(options: {
  readonly orders: number;
  readonly days: number;
  readonly now: Date;
  readonly seed: number;
}): number[] {
  const { orders, days, now, seed } = options;
  const random = createRandom(seed, 'calendar');
  const today = Math.floor(now.getTime() / DAY) * DAY;
  const weights = Array.from({ length: days }, (_, day) => {
    const weekday = new Date(today - (days - 1 - day) * DAY).getUTCDay();
    return (WEEKDAYS[weekday] ?? 1) * (1 + (0.5 * day) / days) * (0.85 + 0.3 * random.next());
  });
  const instant = (): number => {
    const day = today - (days - 1 - random.weighted(weights)) * DAY;
    return day + random.weighted(HOURS) * 3_600_000 + Math.floor(random.next() * 3_600_000);
  };
  const past = (): number => {
    const drawn = instant();
    return drawn < now.getTime() ? drawn : drawn - DAY;
  };
  return Array.from({ length: orders }, past).sort((a, b) => a - b);
}
