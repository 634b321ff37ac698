import { AppError } from '@souk/kit/errors';
import { type DayRange, dayRange } from '../domain/day-range.js';

/** @throws AppError BAD_USER_INPUT for a range that is none, or too long */
export function askedRange(asked: Parameters<typeof dayRange>[0], now: Date): DayRange {
  const result = dayRange(asked, now);
  if ('problem' in result) throw new AppError('BAD_USER_INPUT', result.problem);
  return result.range;
}
