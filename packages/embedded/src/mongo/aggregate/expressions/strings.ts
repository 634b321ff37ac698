import { badValue, refused } from '../../errors.js';
import { ObjectId, type Value } from '../../bson/value.js';
import { wholeNumber } from '../../query/parse-field.js';
import { binary, isNullish, onArguments, unary, wrongType, type Operators } from './operator.js';

function text(name: string, value: Value | undefined): string {
  if (typeof value === 'string') return value;
  throw wrongType(name, 'strings', value);
}

/** MongoDB changes the case of ASCII letters only. */
const changeCase = (name: string, pattern: RegExp, change: (letters: string) => string) =>
  unary(name, (value) => (isNullish(value) ? '' : text(name, value).replace(pattern, change)));

function toText(value: Value | undefined): Value {
  if (isNullish(value)) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value);
  if (value instanceof ObjectId) return value.toHex();
  if (value instanceof Date) return value.toISOString();
  throw refused('$toString of a double, or of something without a text of its own');
}

export const strings: Operators = {
  $concat: onArguments('$concat', 0, Infinity, (values) =>
    values.some(isNullish) ? null : values.map((value) => text('$concat', value)).join(''),
  ),
  $toLower: changeCase('$toLower', /[A-Z]+/g, (letters) => letters.toLowerCase()),
  $toUpper: changeCase('$toUpper', /[a-z]+/g, (letters) => letters.toUpperCase()),
  $strLenCP: unary('$strLenCP', (value) => Array.from(text('$strLenCP', value)).length),
  $substrCP: onArguments('$substrCP', 3, 3, ([value, start, length]) => {
    const from = Number(wholeNumber(start, '$substrCP'));
    const count = Number(wholeNumber(length, '$substrCP'));
    if (from < 0 || count < 0) throw badValue('$substrCP takes a start and a length from 0 on');
    if (isNullish(value)) return '';
    return Array.from(text('$substrCP', value))
      .slice(from, from + count)
      .join('');
  }),
  $split: binary('$split', (value, separator) => {
    if (isNullish(value) || isNullish(separator)) return null;
    if (separator === '') throw badValue('$split requires a non-empty separator');
    return text('$split', value).split(text('$split', separator));
  }),
  $toString: unary('$toString', toText),
};
