const LOCALE = 'en-IE';

const currencyFormats = new Map<string, Intl.NumberFormat>();

/**
 * An exact amount for people.
 *
 * @example formatMoney({ amountMinor: 1999, currency: 'EUR' }) // '€19.99'
 */
export function formatMoney({
  amountMinor,
  currency,
}: {
  readonly amountMinor: number;
  readonly currency: string;
}): string {
  let format = currencyFormats.get(currency);
  if (!format) {
    format = new Intl.NumberFormat(LOCALE, { style: 'currency', currency });
    currencyFormats.set(currency, format);
  }
  return format.format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/**
 * An amount for the edge of a chart: short, and rounded.
 *
 * @example formatShortMoney({ amountMinor: 250_000, currency: 'EUR' }) // '€2.5K'
 */
export const formatShortMoney = ({
  amountMinor,
  currency,
}: {
  readonly amountMinor: number;
  readonly currency: string;
}): string =>
  new Intl.NumberFormat(LOCALE, {
    style: 'currency',
    currency,
    notation: 'compact',
    maximumFractionDigits: 1,
    minimumFractionDigits: 0,
  }).format(amountMinor / 100);

const shareFormat = new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 0 });
const changeFormat = new Intl.NumberFormat(LOCALE, {
  style: 'percent',
  maximumFractionDigits: 1,
  signDisplay: 'exceptZero',
});

/** @example formatShare(0.953) // '95%' */
export const formatShare = (share: number): string => shareFormat.format(share);

/** @example formatChange(-0.0312) // '-3.1%' */
export const formatChange = (change: number): string => changeFormat.format(change);

const dayFormat = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** @example formatDay('2026-11-22') // '22 Nov' */
export const formatDay = (day: string): string => (day === '' ? '' : dayFormat.format(new Date(day)));

const dateFormat = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'long' });
const momentFormat = new Intl.DateTimeFormat(LOCALE, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const timeFormat = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const relativeFormat = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto', style: 'short' });
const countryFormat = new Intl.DisplayNames(LOCALE, { type: 'region' });

/** @example formatDate('2026-11-22T09:30:00.000Z') // '22 November 2026' */
export const formatDate = (iso: string): string => dateFormat.format(new Date(iso));

/** @example formatMoment('2026-11-22T09:30:00.000Z') // '22 Nov, 09:30' in UTC */
export const formatMoment = (iso: string): string => momentFormat.format(new Date(iso));

const instantFormat = new Intl.DateTimeFormat(LOCALE, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});

/**
 * To the millisecond.
 *
 * @param instant ISO 8601, or epoch milliseconds; an empty text for none
 * @example formatInstant('2026-11-22T09:30:00.120Z') // '22 Nov, 09:30:00.120' in UTC
 */
export const formatInstant = (instant: string | number): string =>
  instant === '' ? '' : instantFormat.format(new Date(instant));
/** @example formatTime('2026-11-22T09:30:05.000Z') // '09:30:05' in UTC */
export const formatTime = (iso: string): string => timeFormat.format(new Date(iso));

/**
 * The time of an instant near by; of one further away its day, too.
 *
 * @param now epoch milliseconds
 */
export const formatNear = (iso: string, now: number = Date.now()): string =>
  isNear(iso, now) ? formatTime(iso) : formatMoment(iso);

const isNear = (iso: string, now: number): boolean => Math.abs(Date.parse(iso) - now) < 12 * 3_600_000;

const arrivalFormat = new Intl.DateTimeFormat(LOCALE, { weekday: 'short', day: 'numeric', month: 'short' });

/**
 * When a parcel should arrive: a day, as shoppers count; of one that comes within hours the time. To the second, since a
 * faster service may be no more than that ahead.
 *
 * @param now epoch milliseconds
 * @example formatArrival('2026-11-25T09:30:00.000Z', Date.parse('2026-11-22T09:30:00.000Z')) // 'Wed, 25 Nov'
 */
export const formatArrival = (iso: string, now: number = Date.now()): string =>
  isNear(iso, now) ? formatTime(iso) : arrivalFormat.format(new Date(iso));

/** @example formatCountry('DE') // 'Germany' */
export const formatCountry = (code: string): string => {
  try {
    return countryFormat.of(code) ?? code;
  } catch {
    return code;
  }
};

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/**
 * How long ago, in the largest unit that fits.
 *
 * @param now epoch milliseconds
 * @example formatAge('2026-11-22T09:00:00.000Z', Date.parse('2026-11-22T11:10:00.000Z')) // '2 hr ago'
 */
export function formatAge(iso: string, now: number): string {
  const age = Math.max(0, now - Date.parse(iso));
  const unit = UNITS.find(([, length]) => age >= length) ?? (['minute', 60_000] as const);
  return relativeFormat.format(-Math.floor(age / unit[1]), unit[0]);
}
