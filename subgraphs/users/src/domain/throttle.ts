import type { AccountError } from './account-error.js';

/** How many failures are let pass in a window of time. */
export interface ThrottleRule {
  readonly maxFailures: number;
  /** In milliseconds. */
  readonly windowMs: number;
}

/** Ten wrong passwords in a quarter of an hour: enough for a person, 960 guesses a day for a machine. */
export const ACCOUNT_RULE: ThrottleRule = { maxFailures: 10, windowMs: 15 * 60_000 };

/** Generous, because an office, a campus or a mobile network shares one address. */
export const ADDRESS_RULE: ThrottleRule = { maxFailures: 500, windowMs: 15 * 60_000 };

/** One stretch of time in which failures are counted together. */
export interface ThrottleWindow {
  /** Numbered from 1970 on. */
  readonly number: number;
  readonly endsAt: Date;
}

/** The window that an instant falls into. */
export function windowAt(rule: ThrottleRule, now: Date): ThrottleWindow {
  const number = Math.floor(now.getTime() / rule.windowMs);
  return { number, endsAt: new Date((number + 1) * rule.windowMs) };
}

/** Whether another attempt is allowed after so many failures. */
export const isThrottled = (rule: ThrottleRule, failures: number): boolean => failures >= rule.maxFailures;

/** The refusal, with the time at which it ends. */
export function throttled(retryAt: Date, now: Date): AccountError {
  const minutes = Math.max(1, Math.ceil((retryAt.getTime() - now.getTime()) / 60_000));
  const wait = minutes === 1 ? 'in a minute' : `in ${minutes} minutes`;
  return {
    code: 'THROTTLED',
    message: `Too many failed attempts. Try again ${wait}, at ${retryAt.toISOString().slice(11, 19)} UTC.`,
    path: [],
    retryAt,
  };
}
