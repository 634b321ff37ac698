import { badValue, refused } from '../../errors.js';
import type { Value } from '../../bson/value.js';
import { isNullish, named, unary, wrongType, type Operator, type Operators } from './operator.js';

/** All of these work in UTC; a time zone is refused. */
const part = (name: string, read: (date: Date) => number): Operator =>
  unary(name, (value) => {
    if (isNullish(value)) return null;
    if (!(value instanceof Date)) throw wrongType(name, 'dates', value);
    return read(value);
  });

const pad = (value: number, length: number): string => String(value).padStart(length, '0');

const directives: Readonly<Record<string, (date: Date) => string>> = {
  Y: (date) => pad(date.getUTCFullYear(), 4),
  m: (date) => pad(date.getUTCMonth() + 1, 2),
  d: (date) => pad(date.getUTCDate(), 2),
  H: (date) => pad(date.getUTCHours(), 2),
  M: (date) => pad(date.getUTCMinutes(), 2),
  S: (date) => pad(date.getUTCSeconds(), 2),
  L: (date) => pad(date.getUTCMilliseconds(), 3),
  '%': () => '%',
};

function formatter(format: Value): (date: Date) => string {
  if (typeof format !== 'string') throw refused('$dateToString with a format that is not written out');
  for (const [, directive = ''] of format.matchAll(/%([\s\S]?)/g)) {
    if (!Object.hasOwn(directives, directive)) throw refused(`$dateToString with %${directive}`);
  }
  return (date) => {
    if (date.getUTCFullYear() < 0 || date.getUTCFullYear() > 9999) {
      throw badValue('$dateToString is only defined on year 0-9999');
    }
    return format.replace(/%([\s\S])/g, (_all, directive: string) => directives[directive]?.(date) ?? '');
  };
}

const dateToString: Operator = (operand, compile) => {
  const parts = named('$dateToString', operand, ['date'], ['format', 'onNull']);
  const date = compile(parts.get('date') ?? null);
  const write = formatter(parts.get('format') ?? '%Y-%m-%dT%H:%M:%S.%LZ');
  const onNull = compile(parts.get('onNull') ?? null);
  return (scope) => {
    const value = date(scope);
    if (isNullish(value)) return onNull(scope);
    if (!(value instanceof Date)) throw wrongType('$dateToString', 'dates', value);
    return write(value);
  };
};

const truncate: Readonly<Record<string, (date: Date) => number>> = {
  year: (date) => startOf(date.getUTCFullYear(), 0, 1),
  month: (date) => startOf(date.getUTCFullYear(), date.getUTCMonth(), 1),
  week: (date) => startOf(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() - date.getUTCDay()),
  day: (date) => startOf(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()),
  hour: (date) => Math.floor(date.getTime() / 3_600_000) * 3_600_000,
  minute: (date) => Math.floor(date.getTime() / 60_000) * 60_000,
  second: (date) => Math.floor(date.getTime() / 1000) * 1000,
};

function startOf(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month, day); // Date.UTC would read the years 0 to 99 as 1900 to 1999
}

const dateTrunc: Operator = (operand, compile) => {
  const parts = named('$dateTrunc', operand, ['date', 'unit']);
  const unit = parts.get('unit');
  const cut = typeof unit === 'string' && Object.hasOwn(truncate, unit) ? truncate[unit] : undefined;
  if (cut === undefined) throw refused('$dateTrunc with that unit');
  const date = compile(parts.get('date') ?? null);
  return (scope) => {
    const value = date(scope);
    if (isNullish(value)) return null;
    if (!(value instanceof Date)) throw wrongType('$dateTrunc', 'dates', value);
    return new Date(cut(value));
  };
};

export const dates: Operators = {
  $year: part('$year', (date) => date.getUTCFullYear()),
  $month: part('$month', (date) => date.getUTCMonth() + 1),
  $dayOfMonth: part('$dayOfMonth', (date) => date.getUTCDate()),
  $dayOfWeek: part('$dayOfWeek', (date) => date.getUTCDay() + 1),
  $hour: part('$hour', (date) => date.getUTCHours()),
  $minute: part('$minute', (date) => date.getUTCMinutes()),
  $second: part('$second', (date) => date.getUTCSeconds()),
  $millisecond: part('$millisecond', (date) => date.getUTCMilliseconds()),
  $dateToString: dateToString,
  $dateTrunc: dateTrunc,
};
