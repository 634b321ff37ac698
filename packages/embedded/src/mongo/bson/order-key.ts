import { Binary, Double, isNumeric, ObjectId, Regex, type Numeric, type Value } from './value.js';

/**
 * Order keys: a string for every value, such that comparing two strings by code unit is comparing the values in
 * MongoDB's order across types, and equal values (5, 5.0 and Long 5) have equal keys. Indexes, sorts, `$group`,
 * `distinct` and uniqueness all rest on this one function. Every key ends itself, so keys can be put behind each other.
 */
export function orderKey(value: Value): string {
  return tagOf(value) + body(value);
}

/** The key of an array without elements inside an index; MongoDB puts it before null. */
export const emptyArrayKey = '\x05';
/** The key of null, and of a field that is not there. */
export const nullKey = '\x0a';
/** Sorts after every order key. */
export const highest = '\uffff';

const end = '\0';

/** The first character of a value's key: its place among the types. Values compare as a range only under one tag. */
export function tagOf(value: Value): string {
  if (value === null) return nullKey;
  if (typeof value === 'string') return '\x1e';
  if (isNumeric(value)) return '\x14';
  if (typeof value === 'boolean') return '\x50';
  if (value instanceof Map) return '\x28';
  if (Array.isArray(value)) return '\x32';
  if (value instanceof Binary) return '\x3c';
  if (value instanceof ObjectId) return '\x46';
  if (value instanceof Date) return '\x5a';
  if (value instanceof Regex) return '\x64';
  return value satisfies never;
}

function body(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'string') return textKey(value);
  if (typeof value === 'number') return numberKey(value);
  if (typeof value === 'bigint') return bigintKey(value);
  if (typeof value === 'boolean') return value ? '\x01' : '\0';
  if (value instanceof Double) return numberKey(value.value);
  if (value instanceof ObjectId) return value.latin1;
  if (value instanceof Date) return numberKey(value.getTime());
  if (Array.isArray(value)) return value.map(orderKey).join('') + end;
  if (value instanceof Map) {
    let key = '';
    // MongoDB compares fields by type first, then by name, then by value
    for (const [name, child] of value) key += tagOf(child) + textKey(name) + body(child);
    return key + end;
  }
  if (value instanceof Regex) return textKey(value.pattern) + textKey(value.options);
  const length = numberKey(value.bytes.length);
  return length + String.fromCharCode(value.subtype) + value.bytes.toString('latin1');
}

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
const [low, high] = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? [0, 1] : [1, 0];
const exactLimit = 2 ** 53;

/** Eight characters that order as the double does; NaN first, -0 as 0. Past 2^53 two more hold what a double loses. */
function numberKey(value: number, beyond = 0): string {
  if (Number.isNaN(value)) return '\0\0\0\0\0\0\0\0';
  double[0] = value === 0 ? 0 : value;
  let top = words[high] ?? 0;
  let bottom = words[low] ?? 0;
  if (top >= 0x80000000) {
    top = ~top >>> 0;
    bottom = ~bottom >>> 0;
  } else top = (top | 0x80000000) >>> 0;
  const key =
    String.fromCharCode(top >>> 24, (top >>> 16) & 255, (top >>> 8) & 255, top & 255) +
    String.fromCharCode(bottom >>> 24, (bottom >>> 16) & 255, (bottom >>> 8) & 255, bottom & 255);
  return Math.abs(value) < exactLimit ? key : key + String.fromCharCode(beyond >> 8, beyond & 255);
}

function bigintKey(value: bigint): string {
  let floor = Number(value);
  if (Math.abs(floor) < exactLimit) return numberKey(floor);
  // round towards minus infinity, so that what is left over is between 0 and 1023
  if (BigInt(floor) > value) floor = previousDouble(floor);
  return numberKey(floor, Number(value - BigInt(floor)));
}

function previousDouble(value: number): number {
  double[0] = value;
  const bits = new BigInt64Array(double.buffer);
  bits[0] = (bits[0] ?? 0n) + (value > 0 ? -1n : 1n);
  return double[0];
}

/** Text ends with a zero character; zero and one inside it are escaped; surrogates sort as their code points do. */
function textKey(text: string): string {
  let key = text;
  if (key.includes('\x01')) key = key.replaceAll('\x01', '\x01\x02');
  if (key.includes('\0')) key = key.replaceAll('\0', '\x01\x01');
  if (/[\ud800-\uffff]/.test(key)) key = key.replace(/[\ud800-\uffff]/g, byCodePoint);
  return key + end;
}

/** MongoDB compares UTF-8 bytes, where U+E000..U+FFFF come before what UTF-16 writes as surrogates. */
function byCodePoint(unit: string): string {
  const code = unit.charCodeAt(0);
  return String.fromCharCode(code >= 0xe000 ? code - 0x800 : code + 0x2000);
}

/** The key that orders the other way round, for the descending fields of a compound index. */
export function inverted(key: string): string {
  let result = '';
  for (let i = 0; i < key.length; i += 1) result += String.fromCharCode(0xffff - key.charCodeAt(i));
  return result;
}

/** Whether a number is the double NaN, which equals itself and is in no range. */
export function isNaNValue(value: Numeric): boolean {
  return value instanceof Double && Number.isNaN(value.value);
}
