import { AppError } from '@souk/kit/errors';

const HEAVIEST_GRAMS = 10_000_000;

/** @throws AppError BAD_USER_INPUT for what cannot be a country code. */
export function checkCountry(country: string): string {
  if (/^[A-Za-z]{2}$/.test(country)) return country.toUpperCase();
  throw new AppError('BAD_USER_INPUT', 'A country is two letters, ISO 3166-1 alpha-2: "DE", for example.');
}

/** @throws AppError BAD_USER_INPUT for what nobody can send. */
export function checkWeight(grams: number): number {
  if (grams >= 1 && grams <= HEAVIEST_GRAMS) return grams;
  throw new AppError('BAD_USER_INPUT', `A weight is 1 to ${HEAVIEST_GRAMS} grams.`);
}
